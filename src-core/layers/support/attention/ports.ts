import { sizeAt } from '../../../shapes/axes.ts'
import type { Shape, TensorValue } from '../../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../../define-layer.ts'

/** What asks, what is read, and by what it is found; the last is what is read unless it is wired. */
export const attentionPorts = [
  { name: 'query', label: 'Query' },
  { name: 'value', label: 'Value' },
  { name: 'key', label: 'Key (or the value)', many: true, minimum: 0, maximum: 1 },
] as const

export interface AttentionParts<T> {
  readonly query: T
  readonly value: T
  readonly key: T
}

/** Inputs by what they are for. Throws when query or value are missing: the compiler asks only once they are wired. */
export function attentionParts<T extends Shape | TensorValue>(inputs: readonly T[]): AttentionParts<T> {
  const [query, value, key = value] = inputs
  if (!query || !value || !key) throw new Error('attention needs a query and a value')
  return { query, value, key }
}

/** Refuses everything but sequences of which key and value are equally long. */
export function requireSequences({ query, value, key }: AttentionParts<Shape>): ShapeRefusal | undefined {
  if ([query, value, key].some((shape) => shape.length !== 2)) {
    return {
      code: 'shape.rank',
      expected: 'expects sequences of 2 axes (steps × features)',
      hint: 'Connect layers that give sequences: an Embedding, or a recurrent layer that returns sequences.',
    }
  }
  if (sizeAt(key, 0) === sizeAt(value, 0)) return undefined
  return {
    code: 'shape.mismatch',
    expected: 'expects a key and a value of equally many steps',
    hint: 'Wire both from the same sequence.',
  }
}

/** [query steps, value features], for attention that compares the features of query and key as they are. */
export function comparedShape(parts: AttentionParts<Shape>): Shape | ShapeRefusal {
  const refusal = requireSequences(parts)
  if (refusal) return refusal
  const { query, key, value } = parts
  if (sizeAt(query, 1) === sizeAt(key, 1)) return [sizeAt(query, 0), sizeAt(value, 1)]
  return {
    code: 'shape.mismatch',
    expected: 'expects a query and a key of equally many features',
    hint: 'Put a Dense layer before one of them that gives as many features as the other has.',
  }
}
