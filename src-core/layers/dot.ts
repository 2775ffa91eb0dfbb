import { sizeAt } from '../shapes/axes.ts'
import { elementCount, type Shape } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { boolean, pair } from './parameter-fields.ts'
import { fromFront, requireAxis } from './support/axis.ts'
import { twoInputs, twoShapes, twoTensors } from './support/pair.ts'
import { singleOutput } from './support/ports.ts'
import { unitLength } from './support/unit-length.ts'

export const dotLayer = defineLayer({
  kind: 'dot',
  label: 'Dot',
  category: 'Merge',
  description:
    'Multiplies two inputs along one axis of each and adds up: how alike two vectors are, or every step of one sequence with every step of another.',
  formula: 'y[i, j] = Σₖ x₁[i, k] · x₂[j, k]',
  reference: 'Keras 3: keras.layers.Dot',
  inputs: twoInputs,
  outputs: singleOutput,
  parameters: {
    axes: pair({
      label: 'Axes',
      essential: true,
      description:
        'The axis of each input along which products are added up, counted from 0 in one sample; −1 is the last. Both must have one size. Keras counts the batch, too.',
      default: [-1, -1],
      min: -8,
      max: 7,
      labels: ['first input', 'second input'],
    }),
    normalize: boolean({
      label: 'Normalize',
      description: 'Divides both by their lengths along the axis first, so that the result is a cosine.',
      default: false,
    }),
  },
  inferShape: (context) => {
    const [first, second] = twoShapes(context)
    const [one, other] = context.parameters.axes
    const refusal = requireAxis(first, one, 'axes') ?? requireAxis(second, other, 'axes')
    if (refusal) return refusal
    if (sizeAt(first, one) !== sizeAt(second, other)) {
      return {
        code: 'shape.mismatch',
        expected: `expects axis ${one} of the first input to be as long as axis ${other} of the second`,
        hint: `They have ${sizeAt(first, one)} and ${sizeAt(second, other)}; choose other axes.`,
        parameter: 'axes',
      }
    }
    const rest = [...without(first, one), ...without(second, other)]
    return rest.length > 0 ? rest : [1]
  },
  weights: () => [],
  flops: (context) =>
    2 * elementCount(context.output) * sizeAt(twoShapes(context)[0], context.parameters.axes[0]),
  lower: (context) => {
    const { builder, output, parameters } = context
    const [first, second] = twoTensors(context).map((tensor, index) => {
      const axis = 1 + fromFront(sizeAt(parameters.axes, index), tensor.shape.length - 1)
      const value = parameters.normalize ? unitLength(builder, tensor, axis) : tensor
      const others = [...value.shape.keys()].filter((each) => each !== 0 && each !== axis)
      const size = sizeAt(value.shape, axis)
      // The first as rows of the summed axis, the second as columns.
      const perm = index === 0 ? [0, ...others, axis] : [0, axis, ...others]
      const moved = builder.apply('Transpose', [value], { perm })
      return builder.apply('Reshape', [moved, builder.integers(index === 0 ? [0, -1, size] : [0, size, -1])])
    })
    return builder.apply('Reshape', [
      builder.apply('MatMul', [first, second]),
      builder.integers([0, ...output]),
    ])
  },
})

function without(shape: Shape, axis: number): Shape {
  return shape.toSpliced(fromFront(axis, shape.length), 1)
}
