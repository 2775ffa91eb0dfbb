import type { Shape } from '../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../define-layer.ts'
import { integer } from '../parameter-fields.ts'

/** The `axis` parameter: an axis of one sample. `does` follows "The axis of one sample", e.g. "that is turned around". */
export function axisField(does: string) {
  return integer({
    label: 'Axis',
    essential: true,
    description: `The axis of one sample ${does}, counted from 0: 0 is the channels of an image, the steps of a sequence or the values of a list; −1 is the last axis.`,
    default: 0,
    min: -8,
    max: 7,
  })
}

/** An axis of `rank` axes without its sign, or why there is none. */
export function resolveAxis(axis: number, rank: number): number | ShapeRefusal {
  if (axis < rank && axis >= -rank) return axis < 0 ? axis + rank : axis
  return {
    code: 'layer.badParameter',
    expected: `expects an input with an axis ${axis}`,
    hint: `This shape has the axes 0 to ${rank - 1}.`,
    parameter: 'axis',
  }
}

/** The axis of a batched tensor that is `axis` of its samples; throws when there is none (the shape was refused). */
export function batchedAxis(axis: number, sample: Shape): number {
  const resolved = resolveAxis(axis, sample.length)
  if (typeof resolved !== 'number') throw new Error(resolved.expected)
  return 1 + resolved
}
