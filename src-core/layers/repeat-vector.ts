import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const repeatVectorLayer = defineLayer({
  kind: 'repeatVector',
  label: 'RepeatVector',
  category: 'Shape',
  description:
    'Makes a sequence of a list by giving it at every step. Goes between an encoder and a decoder.',
  formula: 'y[t] = x for t = 1 … n',
  reference: 'Keras 3: keras.layers.RepeatVector',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    n: integer({
      label: 'Repetitions',
      essential: true,
      description: 'How many steps the sequence has.',
      default: 2,
      max: 100_000,
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const list = onlyShape({ inputs })
    if (list.length === 1) return [parameters.n, sizeAt(list, 0)]
    return {
      code: 'shape.rank',
      expected: 'expects a list (one axis)',
      hint: 'Insert Flatten or a global pooling before it.',
      remedy: 'insertFlatten',
    }
  },
  weights: () => [],
  flops: () => 0,
  lower: ({ builder, inputs, parameters }) => {
    const step = builder.apply('Unsqueeze', [onlyTensor({ inputs }), builder.integers([1])])
    return builder.apply('Expand', [step, builder.integers([1, parameters.n, 1])])
  },
})
