import { describe, expect, it } from 'vitest'
import { histogramBin, RunningStatistics } from '../../../src-main/datasets/running-statistics.ts'

function statisticsOf(values: readonly number[]) {
  const statistics = new RunningStatistics()
  for (const value of values) statistics.add(value)
  return statistics
}

describe('statistics in one pass', () => {
  it('are minimum, maximum, mean and the deviation of the population', () => {
    expect(statisticsOf([2, 4, 4, 4, 5, 5, 7, 9]).summary()).toEqual({
      minimum: 2,
      maximum: 9,
      mean: 5,
      standardDeviation: 2,
    })
  })

  it('keep their digits far from zero', () => {
    const { mean, standardDeviation } = statisticsOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).summary()
    expect(mean).toBe(1e9 + 10)
    expect(standardDeviation).toBeCloseTo(Math.sqrt(22.5), 9)
  })

  it('are unknown without values', () => {
    expect(statisticsOf([]).summary()).toEqual({
      minimum: null,
      maximum: null,
      mean: null,
      standardDeviation: null,
    })
  })

  it('know whether all values are whole', () => {
    expect(statisticsOf([1, 2, -3]).whole).toBe(true)
    expect(statisticsOf([1, 2.5, 3]).whole).toBe(false)
  })
})

describe('bins of a histogram', () => {
  it.each([
    [0, 0],
    [4.99, 0],
    [5, 1],
    [99.9, 19],
    [100, 19],
  ])('%d of 0 to 100 is in bin %i', (value, bin) => {
    expect(histogramBin(value, 0, 100)).toBe(bin)
  })

  it('are one when all values are the same', () => {
    expect(histogramBin(3, 3, 3)).toBe(0)
  })
})
