import { z } from 'zod'
import {
  type ColumnSpec,
  columnStatisticsSchema,
  columnTypes,
  type DatasetInfo,
  rowsPerChunk,
} from '../../src-core/datasets/dataset-spec.ts'
import type { Connection } from './connection.ts'
import { jsonColumn } from './json-column.ts'

const datasetRowSchema = z.object({
  id: z.int(),
  name: z.string(),
  format: z.enum(['sample', 'csv', 'idx', 'text']),
  description: z.string(),
  rows: z.int(),
  defaultTarget: z.string().nullable(),
  bytes: z.int(),
  createdAt: z.string(),
})

const columnRowSchema = z.object({
  name: z.string(),
  type: z.enum(columnTypes),
  dtype: z.enum(['float32', 'int32', 'uint8']),
  shape: jsonColumn(z.array(z.int())),
  categories: jsonColumn(z.array(z.string())).nullable(),
  statistics: jsonColumn(columnStatisticsSchema),
})

/** What is known of a dataset before its first row is written; statistics may still change until it is complete. */
export interface NewDataset {
  readonly name: string
  readonly format: DatasetInfo['format']
  readonly description: string
  readonly defaultTarget: string | null
  /** Tells the same source from another one when it is asked for again, e.g. path, size and time of the file. */
  readonly source: string | null
  readonly columns: readonly ColumnSpec[]
}

export type ColumnData = Float32Array | Int32Array | Uint8Array

/** A dataset that is being written has not been touched for this long: its writer is gone. */
const abandonedAfterMilliseconds = 60 * 60 * 1000

const selectDatasets = `
  SELECT id, name, format, description, row_count AS rows, default_target AS defaultTarget, bytes,
    created_at AS createdAt
  FROM datasets WHERE complete = 1`

/**
 * Datasets and their values. Values are written chunk by chunk in short transactions, so that a long import never
 * holds up other writers; until `complete` nobody sees the dataset.
 */
export class DatasetRepository {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** By name. */
  list(): DatasetInfo[] {
    return this.#connection.read(() =>
      this.#connection.all(`${selectDatasets} ORDER BY name COLLATE NOCASE`).map((row) => this.#info(row)),
    )
  }

  find(datasetId: number): DatasetInfo | undefined {
    return this.#first(`${selectDatasets} AND id = ?`, datasetId)
  }

  /** Capitals do not count. */
  findByName(name: string): DatasetInfo | undefined {
    return this.#first(`${selectDatasets} AND name = ? COLLATE NOCASE`, name)
  }

  findBySource(source: string): DatasetInfo | undefined {
    return this.#first(`${selectDatasets} AND source = ? ORDER BY id DESC LIMIT 1`, source)
  }

  /** Makes room for a dataset that nobody sees before `complete`. @returns its id */
  begin(dataset: NewDataset): number {
    return this.#connection.write(() => {
      this.#removeAbandoned()
      const now = this.#connection.timestamp()
      const { id } = this.#connection.run(
        `INSERT INTO datasets (name, format, description, row_count, default_target, bytes, source, complete,
           created_at, touched_at)
         VALUES (?, ?, ?, 0, ?, 0, ?, 0, ?, ?)`,
        dataset.name,
        dataset.format,
        dataset.description,
        dataset.defaultTarget,
        dataset.source,
        now,
        now,
      )
      for (const [position, column] of dataset.columns.entries()) this.#insertColumn(id, position, column)
      return id
    })
  }

  /** Writes one chunk of every column, in the order of the columns: `rowsPerChunk` rows, fewer in the last chunk. */
  appendChunk(datasetId: number, chunk: number, columns: readonly ColumnData[]): void {
    this.#connection.write(() => {
      for (const [position, data] of columns.entries()) {
        this.#connection.run(
          'INSERT INTO dataset_chunks (dataset_id, position, chunk, bytes) VALUES (?, ?, ?, ?)',
          datasetId,
          position,
          chunk,
          new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
        )
      }
      this.#connection.run(
        'UPDATE datasets SET touched_at = ?, bytes = bytes + ? WHERE id = ? AND complete = 0',
        this.#connection.timestamp(),
        columns.reduce((sum, data) => sum + data.byteLength, 0),
        datasetId,
      )
    })
  }

  /**
   * Makes the dataset visible, with its final row count and columns.
   * @returns undefined when another dataset has taken the name in the meantime; nothing is changed then
   */
  complete(datasetId: number, rows: number, columns: readonly ColumnSpec[]): DatasetInfo | undefined {
    return this.#connection.write(() => {
      const { name } = z
        .object({ name: z.string() })
        .parse(this.#connection.get('SELECT name FROM datasets WHERE id = ?', datasetId))
      if (this.findByName(name) !== undefined) return undefined
      for (const [position, column] of columns.entries()) {
        this.#connection.run(
          'UPDATE dataset_columns SET statistics = ? WHERE dataset_id = ? AND position = ?',
          JSON.stringify(column.statistics),
          datasetId,
          position,
        )
      }
      this.#connection.run('UPDATE datasets SET complete = 1, row_count = ? WHERE id = ?', rows, datasetId)
      return this.find(datasetId)
    })
  }

  /** Removes a dataset, complete or not, and gives its room back. False when there is no such dataset. */
  remove(datasetId: number): boolean {
    const removed = this.#connection.write(
      () => this.#connection.run('DELETE FROM datasets WHERE id = ?', datasetId).changes > 0,
    )
    this.#connection.releaseFreePages()
    return removed
  }

  /**
   * The stored bytes of one chunk of a column: row-major, little endian, in the column's dtype. `elementsOf` views
   * them as numbers without copying. @throws Error when there is no such chunk
   */
  readColumnChunk(datasetId: number, columnName: string, chunk: number): Uint8Array {
    const row = this.#connection.get(
      `SELECT bytes FROM dataset_columns JOIN dataset_chunks USING (dataset_id, position)
       WHERE dataset_id = ? AND name = ? AND chunk = ?`,
      datasetId,
      columnName,
      chunk,
    )
    if (typeof row === 'object' && row !== null && 'bytes' in row && row.bytes instanceof Uint8Array) {
      return row.bytes
    }
    throw new Error(`Dataset ${datasetId} has no chunk ${chunk} of column "${columnName}".`)
  }

  /** The whole column, chunk after chunk in one array. Mind the size: rows × elements per row. */
  readColumn(dataset: DatasetInfo, column: ColumnSpec): ColumnData {
    const rowSize = column.shape.reduce((product, length) => product * length, 1)
    const all = newColumnData(column.dtype, dataset.rows * rowSize)
    for (let chunk = 0; chunk * rowsPerChunk < dataset.rows; chunk += 1) {
      const bytes = this.readColumnChunk(dataset.id, column.name, chunk)
      all.set(elementsOf(column.dtype, bytes), chunk * rowsPerChunk * rowSize)
    }
    return all
  }

  #first(sql: string, value: string | number): DatasetInfo | undefined {
    return this.#connection.read(() => {
      const row = this.#connection.get(sql, value)
      return row === undefined ? undefined : this.#info(row)
    })
  }

  #info(row: unknown): DatasetInfo {
    const dataset = datasetRowSchema.parse(row)
    const columns = this.#connection
      .all(
        `SELECT name, type, dtype, shape, categories, statistics FROM dataset_columns
         WHERE dataset_id = ? ORDER BY position`,
        dataset.id,
      )
      .map((columnRow): ColumnSpec => {
        const { categories, ...column } = columnRowSchema.parse(columnRow)
        return categories === null ? column : { ...column, categories }
      })
    return { ...dataset, columns }
  }

  #insertColumn(datasetId: number, position: number, column: ColumnSpec): void {
    this.#connection.run(
      `INSERT INTO dataset_columns (dataset_id, position, name, type, dtype, shape, categories, statistics)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      datasetId,
      position,
      column.name,
      column.type,
      column.dtype,
      JSON.stringify(column.shape),
      column.categories === undefined ? null : JSON.stringify(column.categories),
      JSON.stringify(column.statistics),
    )
  }

  /** What an import that died left behind. */
  #removeAbandoned(): void {
    const before = new Date(this.#connection.now().getTime() - abandonedAfterMilliseconds)
    this.#connection.run('DELETE FROM datasets WHERE complete = 0 AND touched_at < ?', before.toISOString())
  }
}

/** Zeros for so many elements of a dtype. */
export function newColumnData(dtype: ColumnSpec['dtype'], length: number): ColumnData {
  if (dtype === 'float32') return new Float32Array(length)
  if (dtype === 'int32') return new Int32Array(length)
  return new Uint8Array(length)
}

/** Views stored bytes as numbers; copies only where their place in memory is not aligned. */
export function elementsOf(dtype: ColumnSpec['dtype'], bytes: Uint8Array): ColumnData {
  if (dtype === 'uint8') return bytes
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  return dtype === 'float32'
    ? new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4)
    : new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4)
}
