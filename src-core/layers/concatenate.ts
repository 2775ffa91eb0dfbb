import { sizeAt } from '../shapes/axes.ts'
import { sameShape } from '../shapes/broadcast.ts'
import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
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
    axis: integer({
      label: 'Axis',
      essential: true,
      description:
        'The axis of one sample that grows, counted from 0: 0 is the channels of an image or the values of a list; −1 is the last axis.',
      default: 0,
      min: -8,
      max: 7,
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const [first] = inputs
    if (!first) throw new Error('concatenate got no input shape')
    const { axis } = parameters
    if (axis >= first.length || axis < -first.length) {
      return {
        code: 'layer.badParameter',
        expected: `expects inputs with an axis ${axis}`,
        hint: `These shapes have the axes 0 to ${first.length - 1}.`,
        parameter: 'axis',
      }
    }
    const at = axis < 0 ? axis + first.length : axis
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
  lower: ({ builder, inputs, output, parameters }) => {
    const { axis } = parameters
    return builder.apply('Concat', inputs, { axis: 1 + (axis < 0 ? axis + output.length : axis) })
  },
})
