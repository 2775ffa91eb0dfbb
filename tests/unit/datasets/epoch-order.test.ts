import { describe, expect, it } from 'vitest'
import { epochOrder } from '../../../src-core/datasets/epoch-order.ts'

const rows = Uint32Array.from({ length: 500 }, (_, index) => 2 * index + 1)
const window = { rowsPerChunk: 64, chunks: 3 }

describe.each([
  ['in memory', undefined],
  ['in windows', window],
])('epochOrder, %s', (_where, shuffleWindow) => {
  it('visits every row once', () => {
    expect(epochOrder(rows, 42, 1, shuffleWindow).sort()).toEqual(rows)
  })

  it('depends on seed and epoch only', () => {
    const order = epochOrder(rows, 42, 1, shuffleWindow)
    expect(epochOrder(rows, 42, 1, shuffleWindow)).toEqual(order)
    expect(epochOrder(rows, 42, 2, shuffleWindow)).not.toEqual(order)
    expect(epochOrder(rows, 43, 1, shuffleWindow)).not.toEqual(order)
  })
})

describe('epochOrder in windows', () => {
  it('needs no chunk again after leaving its window', () => {
    const visits = [...epochOrder(rows, 42, 1, window)].map((row) => Math.floor(row / window.rowsPerChunk))
    const lastSeen = new Map(visits.map((chunk, position) => [chunk, position]))
    const alive = visits.map(
      (_, position) =>
        [...new Set(visits.slice(0, position + 1))].filter((chunk) => (lastSeen.get(chunk) ?? 0) >= position)
          .length,
    )
    expect(Math.max(...alive)).toBeLessThanOrEqual(window.chunks)
  })

  it('mixes the chunks of a window', () => {
    const first = epochOrder(rows, 42, 1, window).subarray(0, 20)
    expect(new Set(first.map((row) => Math.floor(row / window.rowsPerChunk))).size).toBe(3)
  })
})
