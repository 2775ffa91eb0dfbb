import { sizeAt } from '../../shapes/axes.ts'
import type { Shape } from '../../tensor-graph/types.ts'
import { type ParameterValues, pair } from '../parameter-fields.ts'
import type { Space } from './space.ts'

interface AxisTexts {
  readonly parameter: string
  readonly label: string
  /** Follows "Rows of zeros". */
  readonly where: string
  readonly labels: readonly [string, string]
}

const axisTexts: Readonly<Record<string, AxisTexts>> = {
  depth: { parameter: 'depth', label: 'Planes', where: 'in front and behind', labels: ['front', 'back'] },
  height: { parameter: 'vertical', label: 'Rows', where: 'above and below', labels: ['top', 'bottom'] },
  width: {
    parameter: 'horizontal',
    label: 'Columns',
    where: 'on the left and on the right',
    labels: ['left', 'right'],
  },
}

/** What is done at the border: names of a sequence's parameter, and how the texts say it. */
export interface BorderVerb {
  readonly parameter: string
  /** Follows "Rows", e.g. "of zeros" or "cut off". */
  readonly what: string
}

function textsOf(axis: string, verb: BorderVerb): AxisTexts {
  return (
    axisTexts[axis] ?? {
      parameter: verb.parameter,
      label: 'Steps',
      where: 'before and after',
      labels: ['before', 'after'],
    }
  )
}

type BorderFields = Readonly<Record<string, ReturnType<typeof pair>>>

/** A pair of numbers, before and after, for every axis of places, in the order of the axes. */
export function borderFields(space: Space, verb: BorderVerb): BorderFields {
  return Object.fromEntries(
    space.axes.map((axis) => {
      const { parameter, label, where, labels } = textsOf(axis, verb)
      const description = `${label} ${verb.what} ${where}.`
      return [
        parameter,
        pair({ label, essential: true, description, default: [1, 1], min: 0, max: 1000, labels }),
      ]
    }),
  )
}

export interface Border {
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** The values of {@link borderFields}, in the order of the axes. */
export function borderOf(fields: BorderFields, parameters: ParameterValues<BorderFields>): Border {
  const pairs = Object.keys(fields).map((name) => parameters[name] ?? [0, 0])
  return { before: pairs.map(([before]) => before), after: pairs.map(([, after]) => after) }
}

/** Sizes of places that grow by a border (`sign` 1) or lose it (−1). */
export function withBorder(places: Shape, { before, after }: Border, sign: 1 | -1): number[] {
  return places.map((size, axis) => size + sign * (sizeAt(before, axis) + sizeAt(after, axis)))
}
