import type { Shape } from '../../tensor-graph/types.ts'
import type { MaskRule, ShapeRefusal } from '../define-layer.ts'
import { integer } from '../parameter-fields.ts'
import { onlyShape } from './context.ts'
import { pointwise } from './pointwise.ts'

/** The `axis` parameter of layers that work along one axis of a sample. */
export function axisField(options: { readonly description: string; readonly default: number }) {
  return integer({ label: 'Axis', essential: true, ...options, min: -8, max: 7 })
}

/** The same with a description: `does` follows "The axis of one sample", e.g. "that is turned around". */
export function sampleAxisField(does: string) {
  return axisField({
    description: `The axis of one sample ${does}, counted from 0: 0 is the channels of an image, the steps of a sequence or the values of a list; −1 is the last axis.`,
    default: 0,
  })
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
  const resolved = resolveAxis(axis, shape.length, parameter)
  return typeof resolved === 'number' ? undefined : resolved
}

/** An axis of `rank` axes counted from the front, or why there is none. */
export function resolveAxis(axis: number, rank: number, parameter = 'axis'): number | ShapeRefusal {
  if (axis < rank && axis >= -rank) return fromFront(axis, rank)
  return {
    code: 'layer.badParameter',
    expected: `expects inputs with an axis ${axis}`,
    hint: `These shapes have the axes 0 to ${rank - 1}, or −${rank} to −1 counted from the end.`,
    parameter,
  }
}

/** The axis of a batched tensor that is `axis` of its samples; throws when there is none (the shape was refused). */
export function batchedAxis(axis: number, sample: Shape): number {
  const resolved = resolveAxis(axis, sample.length)
  if (typeof resolved !== 'number') throw new Error(resolved.expected)
  return 1 + resolved
}
