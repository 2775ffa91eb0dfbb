import type { Shape } from '../tensor-graph/types.ts'

/** A per-sample shape as people read it: `32 × 5 × 5`; a scalar is "a single number". */
export function formatShape(shape: Shape): string {
  return shape.length === 0 ? 'a single number' : shape.join(' × ')
}
