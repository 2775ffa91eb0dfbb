import path from 'node:path'
import { failure, problem, type Result, success } from '../../../src-core/problems.ts'
import { ChunkWriter } from '../chunk-writer.ts'
import type { ColumnData, DatasetSource, Importer, ImportOptions, ReadResult } from '../importer.ts'
import { histogramBin, histogramBins } from '../running-statistics.ts'
import { baseName, explainingSourceErrors, readHead } from '../source-file.ts'
import { ColumnProfile } from './column-profile.ts'
import { columnNames, isHeader } from './header.ts'
import { type CsvColumn, inferColumns } from './infer-columns.ts'
import { type CsvDialect, readRecords } from './read-records.ts'
import { sniffDelimiter } from './sniff-delimiter.ts'
import { detectEncoding } from './utf8-text.ts'
import { isMissing, numberIn } from './values.ts'

const sniffLength = 256 * 1024
const knownExtension = /\.(csv|tsv|tab|txt|data)(\.gz)?$/i

/**
 * Tables as text. The file is read twice: once to find the types and statistics of the columns, once for the
 * values; both in memory that does not grow with the number of rows.
 */
export const csvImporter: Importer = {
  format: 'csv',
  matches: (fileName, head) =>
    knownExtension.test(fileName) || (head.byteLength > 0 && detectEncoding(head) !== undefined),
  open: (file, options) => explainingSourceErrors(file, () => openCsv(file, options)),
}

interface Table {
  readonly dialect: CsvDialect
  readonly hasHeader: boolean
  readonly rows: number
  readonly profiles: readonly ColumnProfile[]
}

async function openCsv(file: string, options: ImportOptions): Promise<Result<DatasetSource>> {
  const dialect = await findDialect(file, options)
  if (!dialect.ok) return dialect
  const table = await profileTable(file, dialect.value, options)
  if (table.rows === 0) {
    const what = table.profiles.length === 0 ? 'is empty' : 'has a header but no rows'
    return failure(problem('csv.empty', `The table ${path.basename(file)} ${what}.`))
  }
  const inferred = inferColumns(table.profiles, table.rows, options)
  if (!inferred.ok) return inferred
  const { columns, target, warnings } = inferred.value
  for (const warning of warnings) options.onWarning?.(warning)
  return success({
    format: 'csv',
    suggestedName: baseName(file),
    description: `Imported from ${path.basename(file)}`,
    columns: columns.map(({ spec }) => spec),
    defaultTarget: target,
    read: (take) => explainingSourceErrors(file, () => readValues(file, table, columns, options, take)),
  })
}

async function findDialect(file: string, options: ImportOptions): Promise<Result<CsvDialect>> {
  const head = await readHead(file, sniffLength)
  const encoding = detectEncoding(head.subarray(0, 4096))
  if (encoding === undefined) {
    return failure(
      problem('csv.encoding', `${path.basename(file)} is not text in UTF-8 or UTF-16.`, {
        hint: 'Save the table as "CSV UTF-8" and import it again.',
      }),
    )
  }
  if (options.delimiter !== undefined) return success({ encoding, delimiter: options.delimiter })
  return success({ encoding, delimiter: sniffDelimiter(decodedHead(head, encoding)) })
}

function decodedHead(head: Buffer, encoding: CsvDialect['encoding']): string {
  if (encoding !== 'utf-16be') return new TextDecoder(encoding).decode(head)
  const even = Buffer.from(head.subarray(0, head.byteLength - (head.byteLength % 2)))
  return new TextDecoder('utf-16le').decode(even.swap16())
}

async function profileTable(file: string, dialect: CsvDialect, options: ImportOptions): Promise<Table> {
  let profiles: ColumnProfile[] | undefined
  let hasHeader = false
  let rows = 0
  const begin = (fields: readonly string[]) => {
    hasHeader = options.header ?? isHeader(fields)
    return columnNames(fields, hasHeader).map((name) => new ColumnProfile(name, dialect.delimiter !== ','))
  }
  const take = (fields: readonly string[], line: number) => {
    if (profiles === undefined) {
      profiles = begin(fields)
      if (hasHeader) return
    }
    rows += 1
    for (const [index, profile] of profiles.entries()) profile.add(fields[index] ?? '', rows, line)
  }
  await readRecords(file, dialect, take, (fraction) => options.onProgress?.(fraction / 2))
  return { dialect, hasHeader, rows, profiles: profiles ?? [] }
}

/** Turns the fields of one column into the numbers that are stored. */
interface ColumnEncoder {
  readonly field: number
  readonly encode: (value: string) => number
  readonly histogram: number[] | undefined
}

async function readValues(
  file: string,
  table: Table,
  columns: readonly CsvColumn[],
  options: ImportOptions,
  take: (chunk: readonly ColumnData[]) => void,
): Promise<Result<ReadResult>> {
  const encoders = columns.map(encoderFor)
  const writer = new ChunkWriter(
    columns.map(({ spec }) => spec),
    take,
  )
  let headerLeft = table.hasHeader
  const takeRecord = (fields: readonly string[]) => {
    if (headerLeft) {
      headerLeft = false
      return
    }
    for (const [index, { field, encode }] of encoders.entries()) {
      writer.set(index, encode((fields[field] ?? '').trim()))
    }
    writer.endRow()
  }
  await readRecords(file, table.dialect, takeRecord, (fraction) => options.onProgress?.(0.5 + fraction / 2))
  if (writer.rows !== table.rows) return failure(changedWhileReading(file))
  writer.end()
  return success({
    rows: writer.rows,
    columns: columns.map(({ spec }, index) => {
      const histogram = encoders[index]?.histogram
      return histogram === undefined ? spec : { ...spec, statistics: { ...spec.statistics, histogram } }
    }),
  })
}

function encoderFor({ field, spec, decimal }: CsvColumn): ColumnEncoder {
  if (spec.type === 'category') {
    const codes = new Map(spec.categories?.map((category, code) => [category, code]))
    return { field, encode: (value) => codes.get(value) ?? -1, histogram: undefined }
  }
  const histogram = new Array<number>(histogramBins).fill(0)
  const { minimum, maximum } = spec.statistics
  const encode = (value: string) => {
    if (isMissing(value)) return Number.NaN
    const number = Math.fround(numberIn(value, decimal))
    const bin = histogramBin(number, minimum ?? 0, maximum ?? 0)
    histogram[bin] = (histogram[bin] ?? 0) + 1
    return number
  }
  return { field, encode, histogram }
}

function changedWhileReading(file: string) {
  return problem('file.unreadable', `${path.basename(file)} was changed while it was imported.`, {
    hint: 'Import it again when nothing writes to it.',
  })
}
