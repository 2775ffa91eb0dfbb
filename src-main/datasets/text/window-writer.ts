import { rowsPerChunk } from '../../../src-core/datasets/dataset-spec.ts'
import type { ColumnData } from '../importer.ts'

/**
 * Lays a sequence of tokens out in windows that follow each other without overlap, beside the same windows one place
 * further on: what is to be predicted. Hands them on in chunks.
 */
export class WindowWriter {
  readonly #texts: Int32Array
  readonly #nexts: Int32Array
  readonly #take: (chunk: readonly ColumnData[]) => void
  readonly #wanted: number
  #taken = 0

  constructor(rows: number, windowLength: number, take: (chunk: readonly ColumnData[]) => void) {
    this.#texts = new Int32Array(rowsPerChunk * windowLength)
    this.#nexts = new Int32Array(rowsPerChunk * windowLength)
    this.#wanted = rows * windowLength
    this.#take = take
  }

  /** The next token of the sequence; those behind the last whole window are left out. */
  add(token: number): void {
    const size = this.#texts.length
    const before = this.#taken - 1
    if (before >= 0 && before < this.#wanted) {
      this.#nexts[before % size] = token
      const isFull = (before + 1) % size === 0
      if (isFull || before + 1 === this.#wanted) this.#handOn(isFull ? size : (before + 1) % size)
    }
    if (this.#taken < this.#wanted) this.#texts[this.#taken % size] = token
    this.#taken += 1
  }

  #handOn(length: number): void {
    this.#take([this.#texts.subarray(0, length), this.#nexts.subarray(0, length)])
  }
}
