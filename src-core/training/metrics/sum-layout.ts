import { elementCount, type TensorValue } from '../../tensor-graph/types.ts'
import type { OutputMetric } from './output-metrics.ts'
import type { MetricReading, SumLayout } from './read-metrics.ts'
import type { StatisticKind } from './statistics.ts'

/** What is summed for one output, in this order: its loss where there are several outputs, then its statistics. */
export interface SummedOutput {
  readonly name: string
  readonly metrics: readonly OutputMetric[]
  readonly statistics: ReadonlyMap<StatisticKind, TensorValue>
}

/**
 * Where everything is in the sums of an objective: `sampleWeight`, `loss`, then output by output, then parts of the loss
 * that layers report. With several outputs names begin with the output layer's name and a dot. With `ownWeights` every
 * output begins with the sum of its weights.
 */
export function layoutOfSums(
  outputs: readonly SummedOutput[],
  reportedLosses: readonly string[] = [],
  ownWeights = false,
): SumLayout {
  const sumNames = ['sampleWeight', 'loss']
  const metrics: MetricReading[] = [{ name: 'loss', kind: 'mean', from: 1, width: 1 }]
  for (const output of outputs) {
    const prefix = outputs.length > 1 ? `${output.name}.` : ''
    const own = ownWeights ? { weight: sumNames.length } : {}
    if (ownWeights) sumNames.push(`${prefix}weight`)
    if (prefix !== '') {
      metrics.push({ name: `${prefix}loss`, kind: 'mean', from: sumNames.length, width: 1, ...own })
      sumNames.push(`${prefix}loss`)
    }
    const places = new Map<StatisticKind, { readonly from: number; readonly width: number }>()
    for (const [statistic, { shape }] of output.statistics) {
      const width = elementCount(shape.slice(1))
      places.set(statistic, { from: sumNames.length, width })
      sumNames.push(...columnNames(`${prefix}${statistic}`, width))
    }
    for (const { name, kind, statistic } of output.metrics) {
      const place = places.get(statistic)
      if (!place) throw new Error(`the sums of ${name} are missing`)
      metrics.push({ name: `${prefix}${name}`, kind, ...place, ...own })
    }
  }
  for (const name of reportedLosses) {
    metrics.push({ name, kind: 'mean', from: sumNames.length, width: 1 })
    sumNames.push(name)
  }
  return { sumNames, metrics }
}

function columnNames(statistic: string, width: number): string[] {
  return width === 1 ? [statistic] : Array.from({ length: width }, (_, index) => `${statistic}[${index}]`)
}
