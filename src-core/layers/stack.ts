import { sameShape } from '../shapes/broadcast.ts'
import { defineLayer } from './define-layer.ts'
import { axisField, fromFront, requireAxis } from './support/axis.ts'
import { manyInputs, singleOutput } from './support/ports.ts'

export const stackLayer = defineLayer({
  kind: 'stack',
  label: 'Stack',
  category: 'Merge',
  description:
    'Lays its inputs on a new axis, in the order they were wired: lists become the steps of a sequence.',
  formula: 'y[i] = xᵢ',
  reference: 'Keras 3: keras.ops.stack; PyTorch: torch.stack',
  inputs: manyInputs,
  outputs: singleOutput,
  parameters: {
    axis: axisField({
      description: 'Where the new axis stands in one sample of the result, counted from 0; −1 is the end.',
      default: 0,
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const [first] = inputs
    if (!first) throw new Error('stack got no input shape')
    const stacked = [...first, inputs.length]
    const refusal = requireAxis(stacked, parameters.axis)
    if (refusal) return { ...refusal, hint: `The result has the axes 0 to ${first.length}.` }
    if (inputs.some((shape) => !sameShape(shape, first))) {
      return {
        code: 'shape.mismatch',
        expected: 'expects inputs of one shape',
        hint: 'Change the layers before it until all shapes are equal.',
      }
    }
    return first.toSpliced(fromFront(parameters.axis, stacked.length), 0, inputs.length)
  },
  weights: () => [],
  flops: () => 0,
  lower: ({ builder, inputs, output, parameters }) => {
    const axis = 1 + fromFront(parameters.axis, output.length)
    const layers = inputs.map((input) => builder.apply('Unsqueeze', [input, builder.integers([axis])]))
    return builder.apply('Concat', layers, { axis })
  },
})
