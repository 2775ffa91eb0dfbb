import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { shape } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const permuteLayer = defineLayer({
  kind: 'permute',
  label: 'Permute',
  category: 'Shape',
  description: 'Puts the axes of a sample in another order, e.g. steps × features to features × steps.',
  formula: 'y = x with axis dims[k] as its axis k',
  reference: 'Keras 3: keras.layers.Permute; ONNX: Transpose',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    dims: shape({
      label: 'Order',
      essential: true,
      description: 'The axes of a sample in their new order, counted from 1.',
      default: [2, 1],
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const sample = onlyShape({ inputs })
    const { dims } = parameters
    const wanted = sample.map((_, axis) => axis + 1)
    if (dims.toSorted((a, b) => a - b).join() === wanted.join()) {
      return dims.map((axis) => sizeAt(sample, axis - 1))
    }
    return {
      code: 'layer.badParameter',
      expected: `expects an input whose axes its order (${dims.join(', ')}) names once each`,
      hint: `Name each of the axes ${wanted.join(', ')} once.`,
      parameter: 'dims',
    }
  },
  weights: () => [],
  flops: () => 0,
  lower: ({ builder, inputs, parameters }) =>
    builder.apply('Transpose', [onlyTensor({ inputs })], { perm: [0, ...parameters.dims] }),
})
