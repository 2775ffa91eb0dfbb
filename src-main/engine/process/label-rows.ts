import { type Problem, problem } from '../../../src-core/problems.ts'
import type { Column } from './column-store.ts'

/** What the rows of a list of labels hold. */
export interface LabelRows {
  /** What the first row holds that is no list of labels. */
  readonly problem: Problem | undefined
  /** Rows with more labels than there are steps, counting a blank between any two that are equal. */
  readonly beyondSteps: number
}

/**
 * Looks through the columns of a list of labels, in the order of the labels: whole numbers, with 0 only behind the last.
 * `steps` are those of the output that is to tell them. Problems: `loss.target`.
 */
export function checkLabelRows(
  columns: readonly Column[],
  rows: Uint32Array,
  steps: number,
  outputId: string,
): LabelRows {
  const values = new Float32Array(columns.length)
  let beyondSteps = 0
  for (const row of rows) {
    for (const [at, column] of columns.entries()) values[at] = column.value(row)
    const wrong = wrongLabel(values)
    if (wrong !== undefined) return { problem: refuse(columns, row, values, wrong, outputId), beyondSteps }
    if (neededSteps(values) > steps) beyondSteps += 1
  }
  return { problem: undefined, beyondSteps }
}

/** The place of a value that is not whole, or comes behind a 0. */
function wrongLabel(values: Float32Array): number | undefined {
  const at = values.findIndex(
    (value, place) => !Number.isInteger(value) || (value !== 0 && place > 0 && values[place - 1] === 0),
  )
  return at < 0 ? undefined : at
}

function neededSteps(values: Float32Array): number {
  return values.reduce((sum, value, at) => {
    if (value === 0) return sum
    return sum + (value === values[at - 1] ? 2 : 1)
  }, 0)
}

function refuse(
  columns: readonly Column[],
  row: number,
  values: Float32Array,
  at: number,
  outputId: string,
): Problem {
  const name = columns[at]?.spec.name ?? ''
  const value = values[at] ?? 0
  const message = Number.isInteger(value)
    ? `Row ${row + 1} has the label ${value} in the column "${name}", but 0 before it, where its list has ended.`
    : `Row ${row + 1} has ${value} in the column "${name}", but labels are whole numbers from 1 on.`
  return problem('loss.target', message, {
    hint: 'Write the labels of a row one after the other from the first column on, and 0 in all that are left.',
    layerId: outputId,
  })
}
