import { expect, it } from 'vitest'
import type { SumLayout } from '../../../src-core/training/metrics/read-metrics.ts'
import { MetricSums } from '../../../src-main/engine/process/metric-sums.ts'

const layout: SumLayout = {
  sumNames: ['sampleWeight', 'loss', 'accuracy'],
  metrics: [
    { name: 'loss', kind: 'mean', from: 1, width: 1 },
    { name: 'accuracy', kind: 'mean', from: 2, width: 1 },
  ],
}

it('divides sums over steps by the samples behind them', () => {
  const sums = new MetricSums(layout)
  sums.add([4, 8, 2])
  sums.add([9, 9, 9, 2, 1, 2], 3)
  expect(sums.metrics()).toEqual({ loss: 9 / 6, accuracy: 4 / 6 })
})

it('goes on from what was kept', () => {
  const sums = new MetricSums(layout, [4, 8, 2])
  sums.add([2, 1, 2])
  expect(sums.values).toEqual([6, 9, 4])
})
