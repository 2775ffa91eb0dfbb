import { expect, it } from 'vitest'
import { MetricSums } from '../../../src-main/engine/process/metric-sums.ts'

const names = ['sampleWeight', 'loss', 'accuracy']

it('divides sums over steps by the samples behind them', () => {
  const sums = new MetricSums(names)
  sums.add([4, 8, 2])
  sums.add([9, 9, 9, 2, 1, 2], 3)
  expect(sums.means()).toEqual({ loss: 9 / 6, accuracy: 4 / 6 })
})

it('goes on from what was kept', () => {
  const sums = new MetricSums(names, [4, 8, 2])
  sums.add([2, 1, 2])
  expect(sums.values).toEqual([6, 9, 4])
})
