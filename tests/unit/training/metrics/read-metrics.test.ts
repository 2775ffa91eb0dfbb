import { describe, expect, it } from 'vitest'
import type { ReadingKind } from '../../../../src-core/training/metrics/metric-rules.ts'
import { readMetrics } from '../../../../src-core/training/metrics/read-metrics.ts'
import { thresholdCount } from '../../../../src-core/training/metrics/score-histogram.ts'

/** One metric of the sums that follow the sum of the sample weights. */
function read(kind: ReadingKind, weight: number, sums: readonly number[]): number {
  const metrics = [{ name: 'it', kind, from: 1, width: sums.length }]
  return readMetrics({ metrics }, [weight, ...sums]).it ?? Number.NaN
}

/** A histogram of how many scores lie in which interval. */
function histogram(yes: Readonly<Record<number, number>>, no: Readonly<Record<number, number>>): number[] {
  const sums = new Array<number>(2 * thresholdCount).fill(0)
  for (const [bin, count] of Object.entries(yes)) sums[Number(bin)] = count
  for (const [bin, count] of Object.entries(no)) sums[thresholdCount + Number(bin)] = count
  return sums
}

describe('metrics of sums', () => {
  it('finds each at its place, by its name', () => {
    const metrics = [
      { name: 'loss', kind: 'mean', from: 1, width: 1 },
      { name: 'out.rootMeanSquaredError', kind: 'root', from: 3, width: 1 },
    ] as const
    expect(readMetrics({ metrics }, [4, 8, 99, 36])).toEqual({ loss: 2, 'out.rootMeanSquaredError': 3 })
  })

  it('are means, roots and exponentials of means', () => {
    expect(read('mean', 5, [2])).toBe(0.4)
    expect(read('root', 5, [20])).toBe(2)
    expect(read('exponential', 2, [2 * Math.log(7)])).toBeCloseTo(7, 12)
  })

  it('stay finite for a perplexity beyond all numbers', () => {
    expect(read('exponential', 1, [5000])).toBe(Number.MAX_VALUE)
  })
})

describe('ratios of a confusion', () => {
  // 6 right of 8 that were told, of 12 that there are.
  const one = [6, 8, 12]

  it('of a single class are its own', () => {
    expect(read('precision', 20, one)).toBe(0.75)
    expect(read('recall', 20, one)).toBe(0.5)
    expect(read('f1', 20, one)).toBe(0.6)
    expect(read('meanIou', 20, one)).toBeCloseTo(6 / 14, 12)
  })

  it('are averaged over the classes that occur or were predicted', () => {
    // Class 0: always right. Class 1: never predicted. Class 2: absent. Class 3: predicted, absent.
    const sums = [5, 0, 0, 0, 5, 0, 0, 2, 5, 2, 0, 0]
    expect(read('precision', 7, sums)).toBeCloseTo(1 / 3, 12)
    expect(read('recall', 7, sums)).toBeCloseTo(1 / 3, 12)
  })

  it('are 0 where there is nothing', () => {
    for (const kind of ['precision', 'recall', 'f1', 'meanIou'] as const) {
      expect(read(kind, 3, [0, 0, 0])).toBe(0)
    }
  })
})

describe('areas under curves', () => {
  it('are 1 for scores that part both kinds', () => {
    const sums = histogram({ 150: 3, 180: 2 }, { 10: 4, 20: 1 })
    expect(read('auc', 10, sums)).toBe(1)
    expect(read('prAuc', 10, sums)).toBe(1)
  })

  it('are 0 for scores that part them the wrong way round', () => {
    expect(read('auc', 10, histogram({ 10: 4 }, { 150: 4 }))).toBe(0)
  })

  it('are one half for scores that say nothing', () => {
    expect(read('auc', 10, histogram({ 90: 4 }, { 90: 6 }))).toBe(0.5)
    expect(read('prAuc', 10, histogram({ 90: 4 }, { 90: 6 }))).toBeCloseTo(0.4, 12)
  })

  it('are 0, and a number, where one kind is missing', () => {
    expect(read('auc', 4, histogram({ 90: 4 }, {}))).toBe(0)
    expect(read('auc', 4, histogram({}, { 90: 4 }))).toBe(0)
    expect(read('prAuc', 4, histogram({}, { 90: 4 }))).toBe(0)
  })
})

describe('R²', () => {
  it('is 1 without errors, 0 for the mean, negative for worse', () => {
    // Targets 1, 2, 3: sum 6, squares 14, spread 2.
    expect(read('r2', 3, [0, 6, 14])).toBe(1)
    expect(read('r2', 3, [2, 6, 14])).toBe(0)
    expect(read('r2', 3, [6, 6, 14])).toBe(-2)
  })

  it('is averaged over the values of a sample; a constant one counts 0', () => {
    expect(read('r2', 3, [0, 5, 6, 12, 14, 48])).toBe(0.5)
  })
})
