import type { ColumnSpec, ColumnType } from '../../../src-core/datasets/dataset-spec.ts'
import { failure, type Problem, problem, type Result, success } from '../../../src-core/problems.ts'
import { type ColumnProfile, mostCategories } from './column-profile.ts'
import type { DecimalMark } from './values.ts'

/** A column of the table that goes into the dataset. */
export interface CsvColumn {
  /** Its place among the fields of a record. */
  readonly field: number
  readonly spec: ColumnSpec
  readonly decimal: DecimalMark
}

export interface InferredColumns {
  readonly columns: readonly CsvColumn[]
  readonly target: string | null
  readonly warnings: readonly Problem[]
}

/** A column with at least this share of numbers is meant to hold numbers; text in it is a mistake. */
const numbersMeant = 0.9

/** Names people give to what they want to predict. */
const targetNames = ['target', 'label', 'class', 'y', 'species', 'diagnosis', 'outcome']

/**
 * Decides the type of every column and which one is the target.
 * A column is numbers when every value is one; it is a mistake (csv.notNumber) when nine in ten are; otherwise it is
 * a category. The target becomes a category also when its values are exactly the whole numbers 0..k−1. Columns
 * without values, and texts with too many different values, are left out with a warning.
 * Problems: csv.target, csv.notNumber, csv.empty
 */
export function inferColumns(
  profiles: readonly ColumnProfile[],
  rows: number,
  wishes: {
    readonly target?: string | undefined
    readonly types?: Readonly<Record<string, ColumnType>> | undefined
  },
): Result<InferredColumns> {
  const target = chooseTarget(profiles, wishes.target)
  if (!target.ok) return target
  const columns: CsvColumn[] = []
  const warnings: Problem[] = []
  for (const [field, profile] of profiles.entries()) {
    const inferred = inferColumn(profile, rows, wishes.types?.[profile.name], profile.name === target.value)
    if (!inferred.ok) return inferred
    if (inferred.value.warning !== undefined) warnings.push(inferred.value.warning)
    if (inferred.value.column !== undefined) columns.push({ field, ...inferred.value.column })
  }
  if (columns.length === 0) {
    return failure(problem('csv.empty', 'The table has no column with values to learn from.'))
  }
  const kept = columns.some(({ spec }) => spec.name === target.value) ? target.value : null
  if (wishes.target !== undefined && kept === null) {
    return failure(
      problem(
        'csv.target',
        `The target column "${target.value}" cannot be predicted: ${reason(warnings, target.value)}`,
      ),
    )
  }
  return success({ columns, target: kept, warnings })
}

function reason(warnings: readonly Problem[], name: string): string {
  const told = warnings.find(({ message }) => message.includes(`"${name}"`))?.message
  return told ?? 'it has no values.'
}

function chooseTarget(profiles: readonly ColumnProfile[], wished: string | undefined): Result<string> {
  const names = profiles.map(({ name }) => name)
  if (wished === undefined) {
    const usual = names.findLast((name) => targetNames.includes(name.toLowerCase()))
    return success(usual ?? names.at(-1) ?? '')
  }
  const found =
    names.find((name) => name === wished) ??
    names.find((name) => name.toLowerCase() === wished.trim().toLowerCase())
  if (found !== undefined) return success(found)
  return failure(
    problem('csv.target', `There is no column "${wished}" to predict; the table has ${listed(names)}.`, {
      hint: 'Name one of these columns as the target.',
    }),
  )
}

function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, 12)
    .map((name) => `"${name}"`)
    .join(', ')
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown
}

interface Inferred {
  readonly column?: Omit<CsvColumn, 'field'>
  readonly warning?: Problem
}

function inferColumn(
  profile: ColumnProfile,
  rows: number,
  wished: ColumnType | undefined,
  isTarget: boolean,
): Result<Inferred> {
  if (profile.present === 0) {
    return success({
      warning: warn('csv.missingValues', `Column "${profile.name}" has no values at all and is left out.`),
    })
  }
  const decimal = decimalOf(profile)
  const reading = profile.readings[decimal]
  const asNumber = wished === undefined ? looksLikeNumbers(profile, decimal) : wished === 'number'
  if (asNumber && reading.firstText !== undefined) return failure(notNumber(profile, decimal))
  const warning = missingWarning(profile, rows, isTarget)
  const classes = isTarget && wished === undefined && holdsClassNumbers(profile, rows)
  if (asNumber && !classes) return success({ column: numberColumn(profile, decimal), ...warning })
  if (profile.tooManyValues) {
    return success({
      warning: warn(
        'csv.missingValues',
        `Column "${profile.name}" has more than ${mostCategories.toLocaleString('en')} different texts and is left out.`,
      ),
    })
  }
  return success({ column: categoryColumn(profile, asNumber), ...warning })
}

function warn(code: Problem['code'], message: string): Problem {
  return problem(code, message, { severity: 'warning' })
}

function missingWarning(profile: ColumnProfile, rows: number, isTarget: boolean): { warning?: Problem } {
  if (profile.missing === 0) return {}
  const count = `${profile.missing} of ${rows} values are missing in column "${profile.name}"`
  const consequence = isTarget
    ? 'these rows are not used'
    : 'training fills them in (with the mean of the training rows; a missing category counts as none)'
  return { warning: warn('csv.missingValues', `${count}; ${consequence}.`) }
}

function decimalOf({ readings }: ColumnProfile): DecimalMark {
  return readings[','].statistics.count > readings['.'].statistics.count ? ',' : '.'
}

function looksLikeNumbers(profile: ColumnProfile, decimal: DecimalMark): boolean {
  return profile.readings[decimal].statistics.count >= numbersMeant * profile.present
}

function notNumber(profile: ColumnProfile, decimal: DecimalMark): Problem {
  const { firstText, statistics } = profile.readings[decimal]
  const { row, line, value } = firstText ?? { row: 0, line: 0, value: '' }
  const others = profile.present - statistics.count - 1
  const more = others > 0 ? ` (and ${others} more such ${others === 1 ? 'value' : 'values'})` : ''
  return problem(
    'csv.notNumber',
    `Column "${profile.name}" holds numbers, but row ${row} (line ${line}) has "${shortened(value)}"${more}.`,
    { hint: 'Correct the value, or leave the field empty if it is not known.' },
  )
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value
}

/** Whole numbers 0..k−1, each of them there: a column of class numbers. */
function holdsClassNumbers(profile: ColumnProfile, rows: number): boolean {
  const { statistics, firstText } = profile.readings['.']
  return (
    firstText === undefined &&
    statistics.whole &&
    statistics.minimum === 0 &&
    !profile.tooManyValues &&
    profile.counts.size >= 2 &&
    profile.counts.size === statistics.maximum + 1 &&
    profile.counts.size * 2 <= rows
  )
}

function numberColumn(profile: ColumnProfile, decimal: DecimalMark): Omit<CsvColumn, 'field'> {
  const statistics = { ...profile.readings[decimal].statistics.summary(), missing: profile.missing }
  return { decimal, spec: { name: profile.name, type: 'number', dtype: 'float32', shape: [], statistics } }
}

function categoryColumn(profile: ColumnProfile, numeric: boolean): Omit<CsvColumn, 'field'> {
  const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  const categories = [...profile.counts.keys()].sort(numeric ? (a, b) => Number(a) - Number(b) : byName)
  return {
    decimal: '.',
    spec: {
      name: profile.name,
      type: 'category',
      dtype: 'int32',
      shape: [],
      categories,
      statistics: {
        minimum: null,
        maximum: null,
        mean: null,
        standardDeviation: null,
        missing: profile.missing,
        counts: categories.map((category) => profile.counts.get(category) ?? 0),
      },
    },
  }
}
