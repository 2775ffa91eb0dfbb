import { type ColumnSpec, rowsPerChunk } from '../../src-core/datasets/dataset-spec.ts'
import type { ColumnData } from './importer.ts'

/** Collects rows of numbers column by column and hands them on in chunks. */
export class ChunkWriter {
  rows = 0
  readonly #buffers: readonly ColumnData[]
  readonly #take: (chunk: readonly ColumnData[]) => void

  constructor(columns: readonly ColumnSpec[], take: (chunk: readonly ColumnData[]) => void) {
    this.#buffers = columns.map(({ dtype }) =>
      dtype === 'float32' ? new Float32Array(rowsPerChunk) : new Int32Array(rowsPerChunk),
    )
    this.#take = take
  }

  /** Sets a column's value in the row that is being collected. */
  set(column: number, value: number): void {
    const buffer = this.#buffers[column]
    if (buffer !== undefined) buffer[this.rows % rowsPerChunk] = value
  }

  endRow(): void {
    this.rows += 1
    if (this.rows % rowsPerChunk === 0) this.#take(this.#buffers)
  }

  /** Hands on the rows of the last, shorter chunk. */
  end(): void {
    const left = this.rows % rowsPerChunk
    if (left > 0) this.#take(this.#buffers.map((buffer) => buffer.subarray(0, left)))
  }
}
