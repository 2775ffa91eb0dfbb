import type { Shape } from '../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../define-layer.ts'
import { integer } from '../parameter-fields.ts'

/** The `axis` parameter of layers that work along one axis of a sample. */
export function axisField(options: { readonly description: string; readonly default: number }) {
  return integer({ label: 'Axis', essential: true, ...options, min: -8, max: 7 })
}

/** Counts an axis from the front; `rank` is the number of axes. */
export function fromFront(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis
}

/** Refuses a shape that does not have an axis. */
export function requireAxis(shape: Shape, axis: number, parameter = 'axis'): ShapeRefusal | undefined {
  const { length } = shape
  if (axis < length && axis >= -length) return undefined
  return {
    code: 'layer.badParameter',
    expected: `expects inputs with an axis ${axis}`,
    hint: `These shapes have the axes 0 to ${length - 1}, or −${length} to −1 counted from the end.`,
    parameter,
  }
}
