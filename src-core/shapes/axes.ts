import type { Shape } from '../tensor-graph/types.ts'

/**
 * The axis, per sample, that holds channels or features: the first of an image [channels, height, width] and of a volume
 * [channels, depth, height, width], the last of anything else. Normalization, softmax and the like work along it.
 */
export function channelAxis(shape: Shape): number {
  return shape.length === 3 || shape.length === 4 ? 0 : shape.length - 1
}

/** The size of an axis that is known to exist; throws when it does not (a bug in the caller). */
export function sizeAt(shape: Shape, axis: number): number {
  const size = shape.at(axis)
  if (size === undefined) throw new Error(`shape [${shape.join(', ')}] has no axis ${axis}`)
  return size
}
