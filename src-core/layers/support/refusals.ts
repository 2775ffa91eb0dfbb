import type { Shape } from '../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../define-layer.ts'
import { image, requireSpace } from './space.ts'

/** Refuses everything but an image. */
export function requireImage(shape: Shape): ShapeRefusal | undefined {
  return requireSpace(image, shape)
}
