import path from 'node:path'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import { columnNames, isHeader } from '../datasets/csv/header.ts'
import { readRecords } from '../datasets/csv/read-records.ts'
import { sniffDelimiter } from '../datasets/csv/sniff-delimiter.ts'
import { detectEncoding } from '../datasets/csv/utf8-text.ts'
import { explainingSourceErrors, readHead } from '../datasets/source-file.ts'
import { readTextFile } from './read-file.ts'

/** A sample as somebody gave it: values by column name, or values in the order of the model's columns. */
export type GivenRow = ReadonlyMap<string, unknown> | readonly unknown[]

/**
 * Reads samples from a CSV or JSON file, or from the text of a JSON value. Problems: `predict.input`, `file.notFound`,
 * `file.unreadable`, and those of reading a table.
 */
export async function readPredictionRows(input: string): Promise<Result<GivenRow[]>> {
  const text = input.trim()
  if (text.startsWith('{') || text.startsWith('[')) return rowsFromJson(text, 'The row')
  if (!/\.json$/i.test(input)) return rowsFromTable(input)
  const file = await readTextFile(input)
  return file.ok ? rowsFromJson(file.value, `The file "${input}"`) : file
}

/** One row ({...} or [1, 2]), a list of rows, or `{ "rows": [...] }`. `what` begins the sentence of a problem. */
export function rowsFromJson(text: string, what: string): Result<GivenRow[]> {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return failure(problem('predict.input', `${what} is not JSON: ${detail}.`))
  }
  const given = isRecord(json) && Array.isArray(json.rows) ? json.rows : json
  const list = Array.isArray(given) && given.some(isContainer) ? given : [given]
  const rows: GivenRow[] = []
  for (const item of list) {
    if (Array.isArray(item)) rows.push(item)
    else if (isRecord(item)) rows.push(new Map(Object.entries(item)))
    else return failure(notRows(what))
  }
  const isEmpty = rows.length === 0 || (rows.length === 1 && isEmptyList(rows[0]))
  return isEmpty ? failure(notRows(what)) : success(rows)
}

async function rowsFromTable(file: string): Promise<Result<GivenRow[]>> {
  const found = await readTextFile(file)
  if (!found.ok) return found
  return explainingSourceErrors(file, async () => {
    const head = await readHead(file, 64 * 1024)
    const encoding = detectEncoding(head)
    if (encoding === undefined) {
      return failure(problem('csv.encoding', `${path.basename(file)} is not text in UTF-8 or UTF-16.`))
    }
    const rows: GivenRow[] = []
    let names: readonly string[] | undefined
    const dialect = { encoding, delimiter: sniffDelimiter(head.toString('utf8')) }
    await readRecords(file, dialect, (fields) => {
      if (names === undefined && rows.length === 0 && isHeader(fields)) names = columnNames(fields, true)
      else rows.push(names === undefined ? [...fields] : byName(names, fields))
    })
    return rows.length === 0
      ? failure(problem('csv.empty', `The table ${path.basename(file)} has no rows.`))
      : success(rows)
  })
}

function byName(names: readonly string[], fields: readonly string[]): GivenRow {
  return new Map(names.map((name, index) => [name, fields[index]]))
}

function notRows(what: string) {
  return problem('predict.input', `${what} holds no samples.`, {
    hint: 'Give values by column name, {"width": 1.4}, in the order of the columns, [1.4, 0.2], or a list of these.',
  })
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
