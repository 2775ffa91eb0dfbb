import { sizeAt } from '../shapes/axes.ts'
import { sameShape } from '../shapes/broadcast.ts'
import { defineLayer } from './define-layer.ts'
import { axisField, fromFront, requireAxis } from './support/axis.ts'
import { manyInputs, singleOutput } from './support/ports.ts'

export const concatenateLayer = defineLayer({
  kind: 'concatenate',
  label: 'Concatenate',
  category: 'Merge',
  description: 'Puts its inputs one after the other along one axis, in the order they were wired.',
  formula: 'y = [x₁, x₂, …]',
  reference: 'Keras 3: keras.layers.Concatenate; ONNX: Concat',
  inputs: manyInputs,
  outputs: singleOutput,
  parameters: {
    axis: axisField({
      description:
        'The axis of one sample that grows, counted from 0: 0 is the channels of an image or the values of a list; −1 is the last axis.',
      default: 0,
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const [first] = inputs
    if (!first) throw new Error('concatenate got no input shape')
    const { axis } = parameters
    const refusal = requireAxis(first, axis)
    if (refusal) return refusal
    const at = fromFront(axis, first.length)
    const rest = (shape: readonly number[]) => shape.toSpliced(at, 1)
    if (inputs.some((shape) => shape.length !== first.length || !sameShape(rest(shape), rest(first)))) {
      return {
        code: 'shape.mismatch',
        expected: `expects inputs that differ on axis ${at} only`,
        hint: 'Change the layers before it until the other sizes are equal, or choose another axis.',
      }
    }
    return first.with(
      at,
      inputs.reduce((sum, shape) => sum + sizeAt(shape, at), 0),
    )
  },
  weights: () => [],
  flops: () => 0,
  lower: ({ builder, inputs, output, parameters }) =>
    builder.apply('Concat', inputs, { axis: 1 + fromFront(parameters.axis, output.length) }),
})
