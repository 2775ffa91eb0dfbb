import { type ColumnSpec, rowsPerChunk } from '../../../src-core/datasets/dataset-spec.ts'
import type { ShuffleWindow } from '../../../src-core/datasets/epoch-order.ts'
import { elementCount } from '../../../src-core/tensor-graph/types.ts'

export type ColumnData = Float32Array | Int32Array | Uint8Array

/** Reads one chunk of one column: `rowsPerChunk` rows (fewer in the last), row-major. */
export type ChunkSource = (column: ColumnSpec, chunk: number) => ColumnData

const bytesPerElement = { float32: 4, int32: 4, uint8: 1 } as const

/**
 * The columns a job needs, by row. They are decoded once and kept when they fit into the budget; otherwise the chunks
 * used last are kept, as many as fit, and rows should be visited in the order of `window`.
 */
export class ColumnStore {
  /** How far an epoch may be shuffled so that every chunk is read about once; undefined when all is in memory. */
  readonly window: ShuffleWindow | undefined
  readonly #columns: ReadonlyMap<string, Column>

  /** `window` of an earlier run is kept, so that a resumed run visits rows in the order of the first one. */
  constructor(
    columns: readonly ColumnSpec[],
    rows: number,
    source: ChunkSource,
    budget: number,
    window?: ShuffleWindow,
  ) {
    const unique = new Map(columns.map((column) => [column.name, column]))
    const rowBytes = [...unique.values()].reduce((sum, column) => sum + bytesOfRow(column), 0)
    const fits = rowBytes * rows <= budget
    this.window = window ?? (fits ? undefined : windowFor(budget, rowBytes))
    const chunksKept = this.window && !fits ? this.window.chunks + 1 : Number.POSITIVE_INFINITY
    this.#columns = new Map(
      [...unique].map(([name, spec]) => [
        name,
        fits ? new ColumnInMemory(spec, rows, source) : new ColumnInChunks(spec, source, chunksKept),
      ]),
    )
  }

  /** The reader of a column that was named on construction; throws for any other. */
  column(name: string): Column {
    const column = this.#columns.get(name)
    if (!column) throw new Error(`column "${name}" was not loaded`)
    return column
  }
}

function bytesOfRow(column: ColumnSpec): number {
  return elementCount(column.shape) * bytesPerElement[column.dtype]
}

function windowFor(budget: number, rowBytes: number): ShuffleWindow {
  // One chunk of the budget is for the chunk that is just being read.
  const chunks = Math.max(1, Math.floor(budget / (rowBytes * rowsPerChunk)) - 1)
  return { rowsPerChunk, chunks }
}

/** One column's values by row. */
export interface Column {
  readonly spec: ColumnSpec
  /** Elements of one row. */
  readonly size: number
  /** The first (often only) element of a row. */
  value(row: number): number
  /** All elements of a row, to be read before the next call. */
  row(row: number): ColumnData
}

class ColumnInMemory implements Column {
  readonly spec: ColumnSpec
  readonly size: number
  readonly #data: ColumnData

  constructor(spec: ColumnSpec, rows: number, source: ChunkSource) {
    this.spec = spec
    this.size = elementCount(spec.shape)
    this.#data = allocate(spec.dtype, rows * this.size)
    const chunkSize = rowsPerChunk * this.size
    for (let chunk = 0; chunk * rowsPerChunk < rows; chunk++) {
      this.#data.set(source(spec, chunk), chunk * chunkSize)
    }
  }

  value(row: number): number {
    return this.#data[row * this.size] ?? Number.NaN
  }

  row(row: number): ColumnData {
    return this.#data.subarray(row * this.size, (row + 1) * this.size)
  }
}

class ColumnInChunks implements Column {
  readonly spec: ColumnSpec
  readonly size: number
  readonly #source: ChunkSource
  readonly #kept: number
  /** Least recently used first: that is the order in which a Map remembers. */
  readonly #chunks = new Map<number, ColumnData>()

  constructor(spec: ColumnSpec, source: ChunkSource, kept: number) {
    this.spec = spec
    this.size = elementCount(spec.shape)
    this.#source = source
    this.#kept = kept
  }

  value(row: number): number {
    return this.#chunkOf(row)[(row % rowsPerChunk) * this.size] ?? Number.NaN
  }

  row(row: number): ColumnData {
    const start = (row % rowsPerChunk) * this.size
    return this.#chunkOf(row).subarray(start, start + this.size)
  }

  #chunkOf(row: number): ColumnData {
    const number = Math.floor(row / rowsPerChunk)
    const known = this.#chunks.get(number)
    if (known) this.#chunks.delete(number)
    const chunk = known ?? this.#source(this.spec, number)
    this.#chunks.set(number, chunk)
    if (this.#chunks.size > this.#kept) {
      const [oldest] = this.#chunks.keys()
      if (oldest !== undefined) this.#chunks.delete(oldest)
    }
    return chunk
  }
}

function allocate(dtype: ColumnSpec['dtype'], length: number): ColumnData {
  switch (dtype) {
    case 'float32':
      return new Float32Array(length)
    case 'int32':
      return new Int32Array(length)
    case 'uint8':
      return new Uint8Array(length)
  }
}
