import { describe, expect, it } from 'vitest'
import { streamOrder } from '../../../src-core/datasets/stream-order.ts'

const rowsUpTo = (n: number) => Uint32Array.from({ length: n }, (_, row) => 10 + row)

/** The rows of each place of the batches, batch after batch. */
function streams(order: Uint32Array, batchSize: number): number[][] {
  return Array.from({ length: Math.min(batchSize, order.length) }, (_, place) =>
    [...order].filter((_row, index) => index % batchSize === place),
  )
}

describe('streamOrder', () => {
  it('puts rows b, b + steps, b + 2 · steps into batch b', () => {
    expect([...streamOrder(rowsUpTo(6), 3)]).toEqual([10, 12, 14, 11, 13, 15])
  })

  it.each([
    [12, 4],
    [13, 4],
    [15, 4],
    [7, 7],
    [9, 1],
    [100, 32],
  ])('lets row r of a batch go on where row r of the one before ended: %i rows by %i', (rows, batchSize) => {
    const order = streamOrder(rowsUpTo(rows), batchSize)
    expect(order.toSorted()).toEqual(rowsUpTo(rows))
    const found = streams(order, batchSize)
    for (const stream of found) {
      expect(stream).toEqual(stream.map((_, step) => (stream[0] ?? 0) + step))
    }
    // Streams follow each other, and a short last batch goes on with the first of them.
    expect(found.flat()).toEqual([...rowsUpTo(rows)])
    const lengths = found.map(({ length }) => length)
    expect(lengths).toEqual(lengths.toSorted((one, other) => other - one))
  })

  it('takes fewer rows than a batch has places, and none', () => {
    expect([...streamOrder(rowsUpTo(3), 8)]).toEqual([10, 11, 12])
    expect(streamOrder(rowsUpTo(0), 8)).toHaveLength(0)
  })
})
