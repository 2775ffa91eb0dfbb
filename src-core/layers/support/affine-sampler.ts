import { sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import type { ShapedLayerContext } from '../define-layer.ts'
import { multiplyAxes } from './axis-sampler.ts'
import { type Filling, filledPosition, withFillValue } from './filling.ts'

/**
 * Where a pixel of the result comes from: sourceColumn = a · column + b · row + c and sourceRow = d · column + e · row
 * + f, in pixels from the picture's centre, each coefficient float32 [batch, 1].
 */
export interface AffineMap {
  readonly column: readonly [a: TensorValue, b: TensorValue, c: TensorValue]
  readonly row: readonly [d: TensorValue, e: TensorValue, f: TensorValue]
  /** How many pixels beyond the edges the sources lie at most. */
  readonly reach: { readonly rows: number; readonly columns: number }
}

/**
 * Samples every picture of x [batch, channels, height, width] through its own affine map, by GridSample, which takes a
 * fifth of the time of four gathers on onnxruntime's CPU provider. Pictures first get what stands beyond their edges
 * written out as far as the map reaches: GridSample knows no wrap, and mirrors at three times the cost.
 */
export function sampleAffine(
  builder: GraphBuilder,
  x: TensorValue,
  map: AffineMap,
  filling: Filling,
): TensorValue {
  return withFillValue(builder, x, filling, (picture) => {
    const surrounded = filling.fillMode === 'constant' ? picture : surround(builder, picture, map, filling)
    const grid = sampledPlaces(builder, map, x.shape, surrounded.shape)
    return builder.apply('GridSample', [surrounded, grid], {
      mode: filling.interpolation === 'bilinear' ? 'linear' : 'nearest',
      padding_mode: 'zeros',
      align_corners: 0,
    })
  })
}

/**
 * Where every pixel of the result lies in the sampled pictures, [batch, height, width, 2], column before row and counted
 * from −1 to 1 between the outer edges. One product for the whole batch: one for each picture takes five times as long.
 */
function sampledPlaces(builder: GraphBuilder, map: AffineMap, result: Shape, sampled: Shape): TensorValue {
  const [height, width] = [sizeAt(result, 2), sizeAt(result, 3)]
  const [column, row] = [2 / sizeAt(sampled, 3), 2 / sizeAt(sampled, 2)]
  const scale = Float32Array.of(column, column, column, row, row, row)
  const coefficients = builder.apply('Mul', [
    builder.apply('Concat', [...map.column, ...map.row], { axis: 1 }),
    builder.constant('float32', [6], scale, 'scale'),
  ])
  const pixels = height * width
  const points = Float32Array.from({ length: 3 * pixels }, (_, index) => {
    const [part, pixel] = [Math.floor(index / pixels), index % pixels]
    if (part === 2) return 1
    return part === 0 ? (pixel % width) - (width - 1) / 2 : Math.floor(pixel / width) - (height - 1) / 2
  })
  const planes = builder.apply('MatMul', [
    builder.apply('Reshape', [coefficients, builder.integers([-1, 3])]),
    builder.constant('float32', [3, pixels], points, 'pixels'),
  ])
  const places = builder.apply(
    'Transpose',
    [builder.apply('Reshape', [planes, builder.integers([-1, 2, pixels])])],
    { perm: [0, 2, 1] },
  )
  return builder.apply('Reshape', [places, builder.integers([0, height, width, 2])])
}

/** Puts a margin round pictures that holds what the fill mode says. */
function surround(
  builder: GraphBuilder,
  x: TensorValue,
  { reach }: AffineMap,
  { fillMode }: Filling,
): TensorValue {
  const copies = (size: number, reached: number, side: 'rows' | 'columns') => {
    // One more, because the last place may round up and is blended with its neighbour.
    const margin = Math.ceil(reached) + 1
    const count = size + 2 * margin
    const matrix = new Float32Array(count * size)
    for (let place = 0; place < count; place++) {
      const pixel = filledPosition(place - margin, size, fillMode)
      matrix[side === 'rows' ? place * size + pixel : pixel * count + place] = 1
    }
    const shape = side === 'rows' ? [count, size] : [size, count]
    return builder.constant('float32', shape, matrix, 'copies')
  }
  return multiplyAxes(builder, x, {
    rows: copies(sizeAt(x.shape, 2), reach.rows, 'rows'),
    columns: copies(sizeAt(x.shape, 3), reach.columns, 'columns'),
  })
}

/** Two dot products of three for each place, four products and three sums for each value. */
export function affineSamplingFlops({ output }: ShapedLayerContext<unknown>): number {
  return 12 * sizeAt(output, 1) * sizeAt(output, 2) + 7 * elementCount(output)
}
