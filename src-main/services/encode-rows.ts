import type { ColumnSpec } from '../../src-core/datasets/dataset-spec.ts'
import { encodedSize, type InputPreparation } from '../../src-core/datasets/input-preparation.ts'
import { ProblemError, problem, type Result, success } from '../../src-core/problems.ts'
import { elementCount } from '../../src-core/tensor-graph/types.ts'
import { isMissing, numberIn } from '../datasets/csv/values.ts'
import { encodeText } from '../datasets/text/encode-text.ts'
import { fillMissing } from '../engine/process/sample-encoder.ts'
import type { GivenRow } from './prediction-rows.ts'

/** One input layer: the columns that feed it, in order, and how it was prepared in training. */
export interface EncodedInput {
  readonly layerId: string
  readonly columns: readonly ColumnSpec[]
  readonly preparation: InputPreparation
}

/**
 * Raw values by input layer id, row after row, just as the engine reads them from a dataset: a category takes one
 * value per category, what is missing takes what stood in for it in training. Problem: `predict.input`, naming the
 * row, the column, what is expected and what was given.
 */
export function encodeRows(
  inputs: readonly EncodedInput[],
  rows: readonly GivenRow[],
): Result<Record<string, Float32Array>> {
  const columns = inputs.flatMap((input) => input.columns)
  const given = asSingleImage(columns, rows)
  try {
    return success(
      Object.fromEntries(inputs.map((input) => [input.layerId, encodeInput(input, columns, given)])),
    )
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problems: [error.problem] }
    throw error
  }
}

function encodeInput(
  { columns, preparation }: EncodedInput,
  allColumns: readonly ColumnSpec[],
  rows: readonly GivenRow[],
): Float32Array {
  const size = columns.reduce((sum, column) => sum + encodedSize(column), 0)
  const values = new Float32Array(rows.length * size)
  for (const [row, given] of rows.entries()) {
    let at = row * size
    for (const column of columns) {
      const where = `Row ${row + 1}`
      values.set(encodeValue(column, pick(given, column, allColumns, where), where), at)
      at += encodedSize(column)
    }
    fillMissing(values, row * size, size, preparation.fill)
  }
  return values
}

/** A model of one image takes the pixels themselves, nested or flat, as a row. */
function asSingleImage(columns: readonly ColumnSpec[], rows: readonly GivenRow[]): readonly GivenRow[] {
  const [column] = columns
  if (columns.length !== 1 || column?.type !== 'image') return rows
  const size = elementCount(column.shape)
  const all: readonly unknown[] = rows
  if (rows.every((row) => Array.isArray(row)) && flatten(all).length === size) return [[flatten(all)]]
  return rows.map((row) => (isList(row) ? [flatten(row)] : row))
}

function pick(row: GivenRow, column: ColumnSpec, all: readonly ColumnSpec[], where: string): unknown {
  if (isList(row)) {
    if (row.length === all.length) return row[all.indexOf(column)]
    throw refusal(
      `${where} has ${row.length} values; the model takes ${all.length}: ${all.map(({ name }) => name).join(', ')}.`,
    )
  }
  if (row.has(column.name)) return row.get(column.name)
  throw refusal(`${where} has no value for "${column.name}".`, `It has: ${[...row.keys()].join(', ')}.`)
}

function encodeValue(column: ColumnSpec, value: unknown, where: string): readonly number[] | Float32Array {
  const missing =
    value === null || value === undefined || (typeof value === 'string' && isMissing(value.trim()))
  switch (column.type) {
    case 'number':
      return [missing ? Number.NaN : numberOf(column, value, where)]
    case 'category':
      return oneHot(column, missing ? undefined : value, where)
    case 'image':
      return pixels(column, value, where)
    case 'tokens':
      return tokensOf(column, value, where)
  }
}

function numberOf(column: ColumnSpec, value: unknown, where: string): number {
  const number = typeof value === 'string' ? numberIn(value.trim(), '.') : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw refusal(`${where}: "${column.name}" must be a number, got ${shown(value)}.`)
}

function oneHot(column: ColumnSpec, value: unknown, where: string): Float32Array {
  const categories = column.categories ?? []
  const encoded = new Float32Array(categories.length)
  if (value === undefined) return encoded
  const index = categories.indexOf(String(value).trim())
  if (index < 0) {
    throw refusal(
      `${where}: "${column.name}" has no category ${shown(value)}.`,
      `It knows: ${categories.slice(0, 20).join(', ')}${categories.length > 20 ? ', …' : ''}.`,
    )
  }
  encoded[index] = 1
  return encoded
}

function pixels(column: ColumnSpec, value: unknown, where: string): Float32Array {
  const size = elementCount(column.shape)
  const list = isList(value) ? flatten(value) : []
  if (list.length !== size || !list.every((item) => typeof item === 'number' && item >= 0 && item <= 255)) {
    const shape = column.shape.join(' × ')
    throw refusal(
      `${where}: "${column.name}" must be ${size} pixels from 0 to 255 (${shape}), got ${isList(value) ? `${list.length} values` : shown(value)}.`,
    )
  }
  return Float32Array.from(list, Number)
}

function tokensOf(column: ColumnSpec, value: unknown, where: string): readonly number[] {
  const [steps = 1] = column.shape
  if (typeof value !== 'string') {
    throw refusal(`${where}: "${column.name}" must be a text of ${steps} characters, got ${shown(value)}.`)
  }
  const encoded = encodeText(value, column.categories ?? [])
  if (!encoded.ok)
    throw new ProblemError(encoded.problems[0] ?? problem('predict.input', `${where} is no text.`))
  if (encoded.value.length === steps) return encoded.value
  throw refusal(
    `${where}: "${column.name}" must be a text of ${steps} characters, got ${encoded.value.length}.`,
  )
}

function flatten(list: readonly unknown[]): unknown[] {
  return list.flat(Number.POSITIVE_INFINITY)
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function refusal(message: string, hint?: string): ProblemError {
  return new ProblemError(problem('predict.input', message, hint === undefined ? {} : { hint }))
}
