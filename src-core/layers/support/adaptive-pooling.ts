import { adaptiveBins, type Bin } from '../../shapes/adaptive-bins.ts'
import { sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import { defineLayer, type ShapeRefusal } from '../define-layer.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { singleInput, singleOutput } from './ports.ts'
import {
  channelsOf,
  inChannelsFirst,
  type LayerTexts,
  placesOf,
  requireSpace,
  type Space,
  shapeOf,
  sizeList,
  sizesField,
} from './space.ts'

type Operator = 'MaxPool' | 'AveragePool'

const sizeTexts: Readonly<Record<string, string>> = {
  sequence: 'Steps of the result, however long the sequence is.',
  image: 'Height and width of the result, whatever the image’s size.',
  volume: 'Depth, height and width of the result, whatever the volume’s size.',
}

function inferPlaces(space: Space, shape: Shape, sizes: readonly number[]): Shape | ShapeRefusal {
  const refusal = requireSpace(space, shape)
  if (refusal) return refusal
  if (placesOf(space, shape).every((size, axis) => size >= sizeAt(sizes, axis))) return sizes
  return {
    code: 'shape.tooSmall',
    expected: `expects ${space.one} of at least ${sizes.join(' × ')}${sizes.length === 1 ? ' steps' : ''}, because pooling only shrinks`,
    hint: `Make the output size smaller, or enlarge the ${space.name} with an UpSampling layer.`,
    parameter: 'outputSize',
  }
}

function binsOf(places: Shape, sizes: readonly number[]): Bin[][] {
  return places.map((size, axis) => adaptiveBins(size, sizeAt(sizes, axis)))
}

/** Largest value or mean of bins that are cut so that the result has a given size. */
export function adaptivePoolingLayer(space: Space, operator: Operator, texts: LayerTexts) {
  return defineLayer({
    ...texts,
    category: 'Pooling',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: {
      outputSize: sizesField(space, {
        label: 'Output size',
        essential: true,
        description: sizeTexts[space.name] ?? '',
        default: 2,
        max: 10_000,
      }),
    },
    inferShape: ({ inputs, parameters }) => {
      const shape = onlyShape({ inputs })
      const places = inferPlaces(space, shape, sizeList(parameters.outputSize))
      return 'code' in places ? places : shapeOf(space, channelsOf(space, shape), places)
    },
    weights: () => [],
    // One comparison or addition per element of each bin.
    flops: ({ inputs, parameters }) => {
      const shape = onlyShape({ inputs })
      const perAxis = binsOf(placesOf(space, shape), sizeList(parameters.outputSize)).map((bins) =>
        bins.reduce((sum, { start, end }) => sum + end - start, 0),
      )
      return channelsOf(space, shape) * elementCount(perAxis)
    },
    lower: ({ builder, inputs, parameters }) =>
      inChannelsFirst(builder, space, onlyTensor({ inputs }), (x) =>
        lowerAdaptive(builder, x, operator, sizeList(parameters.outputSize)),
      ),
  })
}

/** x [batch, channels, …places]; equal bins side by side are an ordinary pooling, others are taken axis by axis. */
function lowerAdaptive(
  builder: GraphBuilder,
  x: TensorValue,
  operator: Operator,
  sizes: readonly number[],
): TensorValue {
  const places = x.shape.slice(2)
  const steps = places.map((size, axis) => size / sizeAt(sizes, axis))
  if (steps.every(Number.isInteger)) {
    return builder.apply(operator, [x], { kernel_shape: steps, strides: steps })
  }
  const alongAxis = operator === 'MaxPool' ? maximaAlong : meansAlong
  return binsOf(places, sizes).reduce(
    (pooled, bins, axis) =>
      bins.length === places[axis] ? pooled : alongAxis(builder, pooled, 2 + axis, bins),
    x,
  )
}

/** Bins are filled up with their last element, which changes no maximum. */
function maximaAlong(builder: GraphBuilder, x: TensorValue, axis: number, bins: readonly Bin[]): TensorValue {
  const longest = Math.max(...bins.map(({ start, end }) => end - start))
  const indices = bins.flatMap(({ start, end }) =>
    Array.from({ length: longest }, (_, offset) => BigInt(Math.min(start + offset, end - 1))),
  )
  const table = builder.constant('int64', [bins.length, longest], BigInt64Array.from(indices), 'bins')
  const gathered = builder.apply('Gather', [x, table], { axis })
  return builder.apply('ReduceMax', [gathered, builder.integers([axis + 1])], { keepdims: 0 })
}

/** A product with a matrix of 1 / length of each bin: the mean over a box is the mean of means along its axes. */
function meansAlong(builder: GraphBuilder, x: TensorValue, axis: number, bins: readonly Bin[]): TensorValue {
  const size = sizeAt(x.shape, axis)
  const after = x.shape.slice(axis + 1)
  const isLast = after.length === 0
  const matrix = new Float32Array(bins.length * size)
  for (const [bin, { start, end }] of bins.entries()) {
    for (let element = start; element < end; element++) {
      matrix[isLast ? element * bins.length + bin : bin * size + element] = 1 / (end - start)
    }
  }
  const means = builder.constant(
    'float32',
    isLast ? [size, bins.length] : [bins.length, size],
    matrix,
    'binMeans',
  )
  if (isLast) return builder.apply('MatMul', [x, means])
  if (after.length === 1) return builder.apply('MatMul', [means, x])
  const before = x.shape.slice(1, axis)
  const rows = builder.apply('Reshape', [x, builder.integers([0, ...before, size, elementCount(after)])])
  const pooled = builder.apply('MatMul', [means, rows])
  return builder.apply('Reshape', [pooled, builder.integers([0, ...before, bins.length, ...after])])
}
