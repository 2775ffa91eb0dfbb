import type { GraphBuilder } from './graph-builder.ts'
import type { TensorValue } from './types.ts'

/** What stands beyond the edges of an axis: the border pixel, the axis mirrored with its border pixel, or the axis again. */
export type FoldMode = 'nearest' | 'reflect' | 'wrap'

/**
 * Adds nodes that bring positions along an axis of `size` pixels (the first at 0) to where the pixels are: to
 * [0, size − 1] for nearest and reflect, to [0, size) for wrap.
 */
export function foldPositions(
  builder: GraphBuilder,
  positions: TensorValue,
  size: number,
  mode: FoldMode,
): TensorValue {
  const inside = (x: TensorValue) => builder.apply('Clip', [x, builder.scalar(0), builder.scalar(size - 1)])
  if (mode === 'nearest') return inside(positions)
  if (mode === 'wrap') return remainder(builder, positions, size)
  // The mirrors stand at −½ and size − ½, so that the way there and back is 2 · size long.
  const turned = remainder(builder, builder.apply('Add', [positions, builder.scalar(size + 0.5)]), 2 * size)
  const distance = builder.apply('Abs', [builder.apply('Sub', [turned, builder.scalar(size)])])
  return inside(builder.apply('Sub', [distance, builder.scalar(0.5)]))
}

/** x − period · ⌊x / period⌋. */
function remainder(builder: GraphBuilder, x: TensorValue, period: number): TensorValue {
  const periods = builder.apply('Floor', [builder.apply('Mul', [x, builder.scalar(1 / period)])])
  return builder.apply('Sub', [x, builder.apply('Mul', [periods, builder.scalar(period)])])
}
