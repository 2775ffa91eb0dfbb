import type { Shape } from '../../tensor-graph/types.ts'
import type { MaskRule, ShapeRefusal } from '../define-layer.ts'
import { integer } from '../parameter-fields.ts'
import { onlyShape } from './context.ts'
import { pointwise } from './pointwise.ts'

/** The `axis` parameter of layers that work along one axis of a sample. */
export function axisField(options: { readonly description: string; readonly default: number }) {
  return integer({ label: 'Axis', essential: true, ...options, min: -8, max: 7 })
}

/** Counts an axis from the front; `rank` is the number of axes. */
export function fromFront(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis
}

interface AlongAxis {
  readonly inputs: readonly Shape[]
  readonly parameters: { readonly axis: number }
}

/** Parts of a layer that keeps the shape of its input and works along one axis of it. */
export const alongAxis = {
  ...pointwise,
  inferShape: ({ inputs, parameters }: AlongAxis): Shape | ShapeRefusal => {
    const shape = onlyShape({ inputs })
    return requireAxis(shape, parameters.axis) ?? shape
  },
  // Along the steps of a sequence, padding would count like data.
  maskRule: ({ inputs, parameters }: AlongAxis): MaskRule =>
    fromFront(parameters.axis, onlyShape({ inputs }).length) > 0 ? 'passes' : 'ignores',
} as const

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
