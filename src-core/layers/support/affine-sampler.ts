import { sizeAt } from '../../shapes/axes.ts'
import { foldPositions } from '../../tensor-graph/fold-positions.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../../tensor-graph/types.ts'
import type { ShapedLayerContext } from '../define-layer.ts'
import { type Filling, withFillValue } from './filling.ts'

/**
 * Where a pixel of the result comes from: sourceColumn = a · column + b · row + c and sourceRow = d · column + e · row
 * + f, in pixels from the picture's centre, each coefficient float32 [batch, 1].
 */
export interface AffineMap {
  readonly column: readonly [a: TensorValue, b: TensorValue, c: TensorValue]
  readonly row: readonly [d: TensorValue, e: TensorValue, f: TensorValue]
}

/** Samples every picture of x [batch, channels, height, width] through its own affine map. */
export function sampleAffine(
  builder: GraphBuilder,
  x: TensorValue,
  map: AffineMap,
  filling: Filling,
): TensorValue {
  const [height, width] = [sizeAt(x.shape, 2), sizeAt(x.shape, 3)]
  const places = mappedPixels(builder, map, height, width)
  return withFillValue(builder, x, filling, (picture) => sampleGrid(builder, picture, places, filling))
}

/** Source column and row of every pixel, from the centre: [batch, height · width, 2]. */
function mappedPixels(builder: GraphBuilder, map: AffineMap, height: number, width: number): TensorValue {
  const points = Float32Array.from({ length: height * width * 3 }, (_, index) => {
    const [pixel, part] = [Math.floor(index / 3), index % 3]
    if (part === 2) return 1
    return part === 0 ? (pixel % width) - (width - 1) / 2 : Math.floor(pixel / width) - (height - 1) / 2
  })
  const coefficients = [0, 1, 2].flatMap((at) => [map.column[at], map.row[at]])
  const matrix = builder.apply('Reshape', [
    builder.apply('Concat', coefficients, { axis: 1 }),
    builder.integers([0, 3, 2]),
  ])
  return builder.apply('MatMul', [builder.constant('float32', [height * width, 3], points, 'pixels'), matrix])
}

/**
 * GridSample at places in pixels from the centre. On onnxruntime's CPU provider it takes a sixth of the time of four
 * gathers. It knows no wrap: the picture gets the border from its other side, and places are brought into it.
 */
function sampleGrid(
  builder: GraphBuilder,
  x: TensorValue,
  places: TensorValue,
  { fillMode, interpolation }: Filling,
): TensorValue {
  const [height, width] = [sizeAt(x.shape, 2), sizeAt(x.shape, 3)]
  const wraps = fillMode === 'wrap'
  const picture = wraps
    ? builder.apply('Pad', [x, builder.integers([0, 0, 1, 1, 0, 0, 1, 1])], { mode: 'wrap' })
    : x
  const border = wraps ? 2 : 0
  const inside = wraps ? wrapped(builder, places, height, width) : places
  // GridSample counts from −1 to 1 between the outer edges.
  const scale = Float32Array.of(2 / (width + border), 2 / (height + border))
  const grid = builder.apply('Mul', [inside, builder.constant('float32', [2], scale, 'scale')])
  const modes = { constant: 'zeros', reflect: 'reflection', nearest: 'border', wrap: 'zeros' } as const
  return builder.apply(
    'GridSample',
    [picture, builder.apply('Reshape', [grid, builder.integers([0, height, width, 2])])],
    {
      mode: interpolation === 'bilinear' ? 'linear' : 'nearest',
      padding_mode: modes[fillMode],
      align_corners: 0,
    },
  )
}

function wrapped(builder: GraphBuilder, places: TensorValue, height: number, width: number): TensorValue {
  const parts = builder.applyMany('Split', [places], { axis: 2, num_outputs: 2 }, 2)
  const folded = parts.map((part, axis) => {
    const size = axis === 0 ? width : height
    const middle = builder.scalar((size - 1) / 2)
    const position = foldPositions(builder, builder.apply('Add', [part, middle]), size, 'wrap')
    return builder.apply('Sub', [position, middle])
  })
  return builder.apply('Concat', folded, { axis: 2 })
}

/** Two dot products of three for each place, four products and three sums for each value. */
export function affineSamplingFlops({ output }: ShapedLayerContext<unknown>): number {
  return 12 * sizeAt(output, 1) * sizeAt(output, 2) + 7 * elementCount(output)
}
