import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { type Problem, ProblemError, problem } from '../../../src-core/problems.ts'
import { openSource, piecesOf } from '../source-file.ts'
import { asUtf8, type TextEncoding } from './utf8-text.ts'

/** How the text of a table is to be read. */
export interface CsvDialect {
  readonly encoding: TextEncoding
  readonly delimiter: string
}

/** `line` is where the record begins, counted from 1. */
export type TakeRecord = (fields: readonly string[], line: number) => void

/** A record longer than this is not one: a quote was never closed. */
const longestRecord = 8 * 1024 * 1024

/**
 * Reads a table record by record, in memory that does not grow with the file. Fields are trimmed unless quoted;
 * empty lines are skipped.
 * @throws ProblemError csv.ragged, csv.quotes, csv.encoding
 */
export async function readRecords(
  file: string,
  dialect: CsvDialect,
  take: TakeRecord,
  onProgress: (fraction: number) => void = () => {},
): Promise<void> {
  const source = openSource(file)
  let lastLine = 0
  const parser = parse({
    delimiter: dialect.delimiter,
    trim: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
    on_record: (fields: string[], { lines }) => {
      lastLine = lines
      take(fields, lines - lineBreaksIn(fields))
      return null
    },
  })
  const text = asUtf8(piecesOf(source.stream), dialect.encoding)
  try {
    await pipeline(
      reporting(text, () => onProgress(source.fractionRead())),
      parser,
      drain,
    )
  } catch (error) {
    throw error instanceof CsvError ? new ProblemError(explain(error, lastLine), { cause: error }) : error
  }
}

async function* reporting(pieces: AsyncIterable<Buffer>, report: () => void): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    yield piece
    report()
  }
}

/** Records are taken as they are parsed; nothing comes out at the end, which still must be read. */
async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

function lineBreaksIn(fields: readonly string[]): number {
  let breaks = 0
  for (const field of fields) {
    for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) breaks += 1
  }
  return breaks
}

function explain(error: CsvError, lastLine: number): Problem {
  const { code } = error
  if (code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') {
    const record: unknown[] = Array.isArray(error.record) ? error.record : []
    const expected = /expect (\d+)/.exec(error.message)?.[1] ?? 'another number of'
    return problem(
      'csv.ragged',
      `Line ${error.lines} has ${plural(record.length, 'field')}; the first row has ${expected}.`,
      {
        hint: 'Every row needs the same number of fields. Put quotes around a text that holds the delimiter.',
      },
    )
  }
  const line = code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE' ? lastLine + 1 : error.lines
  const what =
    code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE'
      ? `The row that begins on line ${line} has a quote that is not closed.`
      : `Line ${line} has a quote in the middle of a field.`
  return problem('csv.quotes', what, {
    hint: 'A quote that belongs to a text is written twice, and the text is put between quotes: "5"" pipe".',
  })
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
