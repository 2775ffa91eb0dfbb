import { sizeAt } from '../../shapes/axes.ts'
import { foldPositions } from '../../tensor-graph/fold-positions.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../../tensor-graph/types.ts'
import type { ShapedLayerContext } from '../define-layer.ts'
import { onlyShape } from './context.ts'
import { type Filling, withFillValue } from './filling.ts'

/** Where the rows and columns of a result lie in the picture: float32 [batch, count], the first pixel at 0. */
export interface AxisPositions {
  readonly rows: TensorValue
  readonly columns: TensorValue
}

/**
 * Samples pictures x [batch, channels, height, width] where rows and columns move independently (shifts, zooms and
 * crops), as two products with interpolation matrices: half the time of a grid for pictures of 32 × 32.
 */
export function sampleAxes(
  builder: GraphBuilder,
  x: TensorValue,
  { rows, columns }: AxisPositions,
  filling: Filling,
): TensorValue {
  const [height, width] = [sizeAt(x.shape, 2), sizeAt(x.shape, 3)]
  const down = builder.apply('Unsqueeze', [rows, builder.integers([2])])
  const across = builder.apply('Unsqueeze', [columns, builder.integers([1])])
  const matrices = {
    rows: interpolationMatrix(builder, down, [height], filling),
    columns: interpolationMatrix(builder, across, [width, 1], filling),
  }
  return withFillValue(builder, x, filling, (picture) => multiplyAxes(builder, picture, matrices))
}

/**
 * What each row and each column of a result is made of: [batch, newHeight, height] and [batch, width, newWidth], without
 * the batch axis where it is the same for all pictures.
 */
export interface AxisMatrices {
  readonly rows: TensorValue
  readonly columns: TensorValue
}

/** rows · x · columns for every channel of pictures x [batch, channels, height, width]. */
export function multiplyAxes(
  builder: GraphBuilder,
  x: TensorValue,
  { rows, columns }: AxisMatrices,
): TensorValue {
  const [channels, height, width] = [sizeAt(x.shape, 1), sizeAt(x.shape, 2), sizeAt(x.shape, 3)]
  const newWidth = sizeAt(columns.shape, -1)
  // All channels at once, which makes one large product of many small ones.
  const lines = builder.apply('Reshape', [x, builder.integers([0, channels * height, width])])
  const wide = builder.apply('MatMul', [lines, columns])
  const pictures = builder.apply('Reshape', [wide, builder.integers([0, channels, height, newWidth])])
  const left = rows.shape.length === 2 ? rows : builder.apply('Unsqueeze', [rows, builder.integers([1])])
  return builder.apply('MatMul', [left, pictures])
}

/** How much each pixel of an axis counts for each position: hat(position − pixel), hat(d) = max(0, 1 − |d|). */
function interpolationMatrix(
  builder: GraphBuilder,
  positions: TensorValue,
  axisShape: readonly number[],
  { fillMode, interpolation }: Filling,
): TensorValue {
  const size = sizeAt(axisShape, 0)
  const pixels = (start: number) =>
    builder.constant(
      'float32',
      axisShape,
      Float32Array.from({ length: size }, (_, at) => start + at),
      'pixels',
    )
  const hat = (centre: TensorValue) => {
    const distance = builder.apply('Abs', [builder.apply('Sub', [folded, centre])])
    return builder.apply('Relu', [builder.apply('Sub', [builder.scalar(1), distance])])
  }
  const exact = interpolation === 'nearest' ? builder.apply('Round', [positions]) : positions
  const folded = fillMode === 'constant' ? exact : foldPositions(builder, exact, size, fillMode)
  if (fillMode !== 'wrap') return hat(pixels(0))
  // Behind the last pixel comes the first one again.
  return builder.apply('Add', [hat(pixels(0)), hat(pixels(size))])
}

/** 0, 1, … size − 1. */
export function pixelPositions(builder: GraphBuilder, size: number): TensorValue {
  const pixels = Float32Array.from({ length: size }, (_, at) => at)
  return builder.constant('float32', [size], pixels, 'pixels')
}

/** The two matrix products of one picture. */
export function axisSamplingFlops(context: ShapedLayerContext<unknown>): number {
  const image = onlyShape(context)
  const [height, width] = [sizeAt(image, 1), sizeAt(image, 2)]
  const { output } = context
  const alongRows = 2 * width * sizeAt(output, 0) * height * sizeAt(output, 2)
  return alongRows + 2 * height * elementCount(output)
}
