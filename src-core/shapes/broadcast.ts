import type { Shape } from '../tensor-graph/types.ts'

/**
 * The common shape of tensors that are combined element by element: equally many axes, and on each axis equal sizes
 * or 1 (repeated). `undefined` when they do not fit.
 */
export function broadcastShapes(shapes: readonly Shape[]): Shape | undefined {
  const [first] = shapes
  if (!first || shapes.some((shape) => shape.length !== first.length)) return undefined
  const result: number[] = []
  for (const axis of first.keys()) {
    const sizes = new Set(shapes.map((shape) => shape[axis] ?? 1))
    sizes.delete(1)
    if (sizes.size > 1) return undefined
    result.push([...sizes][0] ?? 1)
  }
  return result
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis])
}
