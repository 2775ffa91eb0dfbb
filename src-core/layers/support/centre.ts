import { sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'

/** Where the middle `wanted` pixels of an axis begin; an odd pixel stays behind them, as in keras.layers.CenterCrop. */
export function middleStart(size: number, wanted: number): number {
  return Math.floor((size - wanted) / 2)
}

/** The middle of pictures [batch, channels, height, width], which must not be smaller. */
export function cutCentre(
  builder: GraphBuilder,
  x: TensorValue,
  [height, width]: readonly [number, number],
): TensorValue {
  if (height === sizeAt(x.shape, 2) && width === sizeAt(x.shape, 3)) return x
  const [top, left] = [middleStart(sizeAt(x.shape, 2), height), middleStart(sizeAt(x.shape, 3), width)]
  const [starts, ends, axes] = [
    [top, left],
    [top + height, left + width],
    [2, 3],
  ].map((numbers) => builder.integers(numbers))
  return builder.apply('Slice', [x, starts, ends, axes])
}
