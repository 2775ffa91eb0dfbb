import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'

/**
 * Spreads whole numbers over a new last axis of `count`: 1 where the number equals the place, else 0. A number that is
 * none of 0 … count − 1 gives zeros only.
 */
export function encodeCategories(builder: GraphBuilder, x: TensorValue, count: number): TensorValue {
  const places = Float32Array.from({ length: count }, (_, place) => place)
  const spread = builder.apply('Unsqueeze', [x, builder.integers([-1])])
  const isPlace = builder.apply('Equal', [spread, builder.constant('float32', [count], places, 'places')])
  return builder.apply('Cast', [isPlace], { to: 1 })
}
