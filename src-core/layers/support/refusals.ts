import type { Shape } from '../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../define-layer.ts'

/** Refuses everything but an image. */
export function requireImage(shape: Shape): ShapeRefusal | undefined {
  if (shape.length === 3) return undefined
  return {
    code: 'shape.rank',
    expected: 'expects an image of 3 axes (channels × height × width)',
    hint:
      shape.length < 3
        ? 'Connect it before the Flatten layer, or insert a Reshape that makes an image of the values.'
        : 'Insert a Reshape that makes an image of the values.',
  }
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
