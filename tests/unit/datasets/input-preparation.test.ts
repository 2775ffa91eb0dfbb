import { describe, expect, it } from 'vitest'
import {
  encodedSize,
  prepareInput,
  RunningStatistics,
  type ValueStatistics,
} from '../../../src-core/datasets/input-preparation.ts'
import { categoryColumn, imageColumn, numberColumn } from '../workspace/support/columns.ts'

const statistics: ValueStatistics = { mean: 4, standardDeviation: 2, minimum: -1, maximum: 9 }
const same = () => statistics

describe('RunningStatistics', () => {
  it('gives mean, deviation of the population and bounds', () => {
    const running = new RunningStatistics()
    for (const value of [2, 4, 4, 4, 5, 5, 7, 9, Number.NaN]) running.add(value)
    expect(running.result()).toEqual({ mean: 5, standardDeviation: 2, minimum: 2, maximum: 9 })
  })

  it('keeps its precision far from zero', () => {
    const running = new RunningStatistics()
    for (const value of [1e9 + 1, 1e9 + 2, 1e9 + 3]) running.add(value)
    expect(running.result().standardDeviation).toBeCloseTo(Math.sqrt(2 / 3), 6)
  })
})

describe('prepareInput', () => {
  it('standardises numbers and fills them with their mean', () => {
    expect(prepareInput([numberColumn('x')], [1], 'auto', same)).toEqual({ offset: 4, scale: 0.5, fill: 4 })
  })

  it('takes numbers to 0..1', () => {
    const { offset, scale } = prepareInput([numberColumn('x')], [1], 'minMax', same)
    expect(offset).toBe(-1)
    expect(scale).toBeCloseTo(0.1)
  })

  it('leaves numbers as they are, but for missing ones', () => {
    expect(prepareInput([numberColumn('x')], [1], 'none', same)).toEqual({ offset: 0, scale: 1, fill: 4 })
  })

  it('does not blow up a column that never varies', () => {
    const constant = { mean: 7, standardDeviation: 0, minimum: 7, maximum: 7 }
    for (const kind of ['standard', 'minMax'] as const) {
      expect(prepareInput([numberColumn('x')], [1], kind, () => constant)).toMatchObject({
        offset: 7,
        scale: 1,
      })
    }
  })

  it('leaves categories alone beside numbers', () => {
    const columns = [numberColumn('x'), categoryColumn('c', ['a', 'b'])]
    expect(prepareInput(columns, [3], 'auto', same)).toEqual({
      offset: Float32Array.of(4, 0, 0),
      scale: Float32Array.of(0.5, 1, 1),
      fill: Float32Array.of(4, 0, 0),
    })
  })

  it('divides pixels by 255 without looking at them', () => {
    const never = () => {
      throw new Error('looked')
    }
    const preparation = prepareInput([imageColumn('i', [3, 4, 4])], [3, 4, 4], 'auto', never)
    expect(preparation).toEqual({ offset: 0, scale: Math.fround(1 / 255), fill: 0 })
  })

  it('standardises pixels by channel, spread over the values where the model sees no channels', () => {
    const byChannel = (_: unknown, channel: number) => ({ ...statistics, mean: channel })
    const image = imageColumn('i', [3, 2, 1])
    expect(prepareInput([image], [3, 2, 1], 'standard', byChannel).offset).toEqual(Float32Array.of(0, 1, 2))
    expect(prepareInput([image], [6], 'standard', byChannel).offset).toEqual(
      Float32Array.of(0, 0, 1, 1, 2, 2),
    )
  })

  it('counts the values a column gives', () => {
    expect(encodedSize(numberColumn('x'))).toBe(1)
    expect(encodedSize(categoryColumn('c', ['a', 'b', 'c']))).toBe(3)
    expect(encodedSize(imageColumn('i', [3, 4, 5]))).toBe(60)
  })
})
