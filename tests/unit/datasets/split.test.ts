import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datasetParts, splitInOrder, splitRows } from '../../../src-core/datasets/split.ts'
import { type SplitConfig, splitSchema } from '../../../src-core/training/run-config.ts'

const usual = splitSchema.parse({})
const rowsUpTo = (n: number) => Uint32Array.from({ length: n }, (_, row) => row)

function split(rows: Uint32Array, config: SplitConfig, seed: number, classes?: readonly number[]) {
  const result = splitRows(rows, config, seed, classes)
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

describe('splitRows', () => {
  it('puts every row into exactly one part', () => {
    const shares = fc.record({
      validation: fc.double({ min: 0.05, max: 0.4 }),
      test: fc.double({ min: 0.05, max: 0.4 }),
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 500 }),
        shares,
        fc.boolean(),
        fc.nat(),
        (n, share, stratify, seed) => {
          if (Number.isNaN(share.validation) || Number.isNaN(share.test)) return
          const config = { ...share, train: 1 - share.validation - share.test, stratify }
          const classes = Array.from({ length: n }, (_, row) => (row * row) % 7)
          const parts = split(rowsUpTo(n), config, seed, classes)
          const all = datasetParts.flatMap((part) => [...parts[part]])
          expect(all.sort((a, b) => a - b)).toEqual([...rowsUpTo(n)])
        },
      ),
      { numRuns: 50 },
    )
  })

  it('divides 10,000 rows into exactly 8,000, 1,000 and 1,000, stratified or not', () => {
    const classes = Array.from({ length: 10_000 }, (_, row) => (row * 31) % 10)
    for (const stratify of [true, false]) {
      const parts = split(rowsUpTo(10_000), { ...usual, stratify }, 42, classes)
      expect(datasetParts.map((part) => parts[part].length)).toEqual([8000, 1000, 1000])
    }
  })

  it('keeps the share of every class, also of a rare one', () => {
    const classes = Array.from({ length: 1000 }, (_, row) => (row % 50 === 0 ? 1 : 0))
    const parts = split(rowsUpTo(1000), usual, 7, classes)
    const rare = (part: Uint32Array) => part.filter((row) => classes[row] === 1).length
    expect(rare(parts.train)).toBe(16)
    expect(rare(parts.validation) + rare(parts.test)).toBe(4)
    expect(rare(parts.validation)).toBeGreaterThan(0)
    expect(rare(parts.test)).toBeGreaterThan(0)
  })

  it('is the same for the same seed and another for another seed', () => {
    const once = split(rowsUpTo(200), usual, 1)
    expect(split(rowsUpTo(200), usual, 1)).toEqual(once)
    expect(split(rowsUpTo(200), usual, 2).test).not.toEqual(once.test)
  })

  it('does not take rows in the order of the file', () => {
    const { test } = split(rowsUpTo(1000), usual, 3)
    const gaps = new Set(test.slice(1).map((row, index) => row - (test[index] ?? 0)))
    expect(gaps.size).toBeGreaterThan(5)
  })

  it('splits only the rows it is given', () => {
    const odd = rowsUpTo(100).filter((row) => row % 2 === 1)
    const parts = split(odd, usual, 3)
    expect(datasetParts.every((part) => parts[part].every((row) => row % 2 === 1))).toBe(true)
  })

  it('leaves out a part whose share is 0', () => {
    const parts = split(rowsUpTo(10), splitSchema.parse({ train: 0.8, validation: 0.2, test: 0 }), 3)
    expect([parts.train.length, parts.validation.length, parts.test.length]).toEqual([8, 2, 0])
    expect(split(rowsUpTo(3), splitSchema.parse({ train: 1, validation: 0, test: 0 }), 3).train.length).toBe(
      3,
    )
  })

  it('says when a part would be empty', () => {
    expect(splitRows(rowsUpTo(3), usual, 1)).toMatchObject({
      ok: false,
      problems: [{ code: 'data.tooFewRows', message: expect.stringContaining('3 usable rows') }],
    })
    expect(splitRows(rowsUpTo(0), usual, 1).ok).toBe(false)
  })
})

describe('splitInOrder', () => {
  const ordered = (n: number, config: SplitConfig) => {
    const result = splitInOrder(rowsUpTo(n), config)
    if (!result.ok) throw new Error(result.problems[0]?.message)
    return result.value
  }

  it('cuts the rows into three stretches of their shares', () => {
    const { train, validation, test } = ordered(1469, usual)
    expect([train.length, validation.length, test.length]).toEqual([1175, 147, 147])
    expect([...train, ...validation, ...test]).toEqual([...rowsUpTo(1469)])
  })

  it('needs no part that was not asked for', () => {
    const parts = ordered(10, { train: 1, validation: 0, test: 0, stratify: false })
    expect(datasetParts.map((part) => parts[part].length)).toEqual([10, 0, 0])
  })

  it('says which part would be empty', () => {
    const result = splitInOrder(rowsUpTo(2), usual)
    expect(result.ok ? undefined : result.problems[0]?.code).toBe('data.tooFewRows')
  })
})
