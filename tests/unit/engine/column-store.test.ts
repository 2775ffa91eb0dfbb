import { describe, expect, it } from 'vitest'
import { type ColumnSpec, rowsPerChunk } from '../../../src-core/datasets/dataset-spec.ts'
import { ColumnStore } from '../../../src-main/engine/process/column-store.ts'
import { imageColumn, numberColumn } from '../workspace/support/columns.ts'

const rows = 4 * rowsPerChunk + 100
const number = numberColumn('number')
const image = imageColumn('image', [1, 2, 2])

/** Row r of `number` is r; pixel p of row r of `image` is (r + p) % 256. Remembers what was read. */
function source() {
  const reads: string[] = []
  const read = (column: ColumnSpec, chunk: number) => {
    reads.push(`${column.name} ${chunk}`)
    const first = chunk * rowsPerChunk
    const count = Math.min(rowsPerChunk, rows - first)
    if (column.name === 'number') return Float32Array.from({ length: count }, (_, index) => first + index)
    return Uint8Array.from({ length: count * 4 }, (_, index) => (first + (index >> 2) + (index % 4)) % 256)
  }
  return { reads, read }
}

const everything = Number.POSITIVE_INFINITY
/** Room for two chunks: 8 bytes per row. */
const littleMemory = 2 * 8 * rowsPerChunk

describe.each([
  ['all in memory', everything],
  ['in chunks', littleMemory],
])('ColumnStore, %s', (_where, budget) => {
  it('gives every row’s values', () => {
    const store = new ColumnStore([number, image], rows, source().read, budget)
    for (const row of [0, 1, rowsPerChunk - 1, rowsPerChunk, rows - 1, 7]) {
      expect(store.column('number').value(row)).toBe(row)
      expect([...store.column('image').row(row)]).toEqual([0, 1, 2, 3].map((pixel) => (row + pixel) % 256))
    }
  })

  it('refuses a column that was not asked for', () => {
    const store = new ColumnStore([number], rows, source().read, budget)
    expect(() => store.column('image')).toThrow('"image" was not loaded')
  })
})

describe('ColumnStore', () => {
  it('reads every chunk once when all fits, however often a column is named', () => {
    const { reads, read } = source()
    const store = new ColumnStore([number, number], rows, read, everything)
    expect(reads).toEqual([0, 1, 2, 3, 4].map((chunk) => `number ${chunk}`))
    expect(store.window).toBeUndefined()
  })

  it('reads only what is asked for when not all fits, and keeps what it read last', () => {
    const { reads, read } = source()
    const store = new ColumnStore([number, image], rows, read, littleMemory)
    const column = store.column('number')
    for (const row of [0, rowsPerChunk, 5, rowsPerChunk + 5]) column.value(row)
    expect(reads).toEqual(['number 0', 'number 1'])
    for (const row of [2 * rowsPerChunk, 3 * rowsPerChunk, 0]) column.value(row)
    expect(reads).toEqual(['number 0', 'number 1', 'number 2', 'number 3', 'number 0'])
  })

  it('says how far rows may be shuffled', () => {
    const store = new ColumnStore([number, image], rows, source().read, 4 * 8 * rowsPerChunk)
    expect(store.window).toEqual({ rowsPerChunk, chunks: 3 })
  })

  it('keeps the window of an earlier run, also where there is memory enough now', () => {
    const window = { rowsPerChunk, chunks: 2 }
    const store = new ColumnStore([number], rows, source().read, everything, window)
    expect(store.window).toEqual(window)
    expect(store.column('number').value(rows - 1)).toBe(rows - 1)
  })
})
