import type { Shape } from '../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../define-layer.ts'
import { image, requireSpace } from './space.ts'

/** Refuses everything but an image. */
export function requireImage(shape: Shape): ShapeRefusal | undefined {
  return requireSpace(image, shape)
}

/** Refuses everything but a sequence of lists. */
export function requireSequence(shape: Shape): ShapeRefusal | undefined {
  if (shape.length === 2) return undefined
  return {
    code: 'shape.rank',
    expected: 'expects a sequence of 2 axes (steps × features)',
    hint:
      shape.length < 2
        ? 'Connect it to an Embedding, or to a recurrent layer that returns sequences, or insert a Reshape.'
        : 'Insert a Reshape that makes steps × features of the values.',
  }
}
