import { elementCount, type Shape } from '../tensor-graph/types.ts'
import { defineLayer, type ShapeRefusal } from './define-layer.ts'
import { choice, numbers } from './parameter-fields.ts'
import { encodeCategories } from './support/categories.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const discretizationLayer = defineLayer({
  kind: 'discretization',
  label: 'Discretization',
  category: 'Preprocessing',
  description:
    'Sorts numbers into bins, such as ages into age groups, so that each bin can have an effect of its own.',
  formula: 'y = number of boundaries b with b ≤ x; oneHot: y[…, k] = 1 where that number is k',
  reference: 'Keras 3: keras.layers.Discretization; NumPy: numpy.digitize',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    binBoundaries: numbers({
      label: 'Boundaries',
      essential: true,
      description:
        'Where one bin ends and the next begins, in ascending order; a boundary belongs to the bin above.',
      default: [0, 0.5, 1],
      min: -1e9,
      max: 1e9,
    }),
    outputMode: choice({
      label: 'Output mode',
      description:
        'int: the number of the bin. oneHot: a list of zeros with a one at the bin, on a new last axis.',
      default: 'int',
      choices: ['int', 'oneHot'],
    }),
  },
  inferShape: ({ inputs, parameters }): Shape | ShapeRefusal => {
    const { binBoundaries, outputMode } = parameters
    const shape = onlyShape({ inputs })
    const disorder = binBoundaries.findIndex(
      (boundary, index) => boundary <= (binBoundaries[index - 1] ?? -Infinity),
    )
    if (disorder < 0) return outputMode === 'int' ? shape : [...shape, binBoundaries.length + 1]
    return {
      code: 'layer.badParameter',
      expected: `expects ascending boundaries, but ${binBoundaries[disorder]} follows ${binBoundaries[disorder - 1]}`,
      hint: 'Sort the boundaries and give each of them once.',
      parameter: 'binBoundaries',
      ownFault: true,
    }
  },
  weights: () => [],
  flops: ({ inputs, parameters }) =>
    2 * elementCount(onlyShape({ inputs })) * parameters.binBoundaries.length,
  activationElements: ({ inputs, output, parameters }) =>
    elementCount(onlyShape({ inputs })) * parameters.binBoundaries.length + elementCount(output),
  lower: ({ builder, inputs, parameters }) => {
    const { binBoundaries, outputMode } = parameters
    const boundaries = Float32Array.from(binBoundaries)
    const spread = builder.apply('Unsqueeze', [onlyTensor({ inputs }), builder.integers([-1])])
    const reached = builder.apply('GreaterOrEqual', [
      spread,
      builder.constant('float32', [boundaries.length], boundaries, 'boundaries'),
    ])
    const counted = builder.apply('Cast', [reached], { to: 1 })
    const bin = builder.apply('ReduceSum', [counted, builder.integers([-1])], { keepdims: 0 })
    return outputMode === 'int' ? bin : encodeCategories(builder, bin, binBoundaries.length + 1)
  },
})
