import type { TensorValue } from '../../tensor-graph/types.ts'
import { isClassLoss, isEmbeddingLoss, isLabelLoss } from '../losses/loss-rules.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import type { LossInputs } from '../losses/sample-losses.ts'
import type { MetricKind } from '../run-config.ts'
import { metricName } from './metric-names.ts'
import { metricRules, type ReadingKind } from './metric-rules.ts'
import { type StatisticKind, statisticColumns } from './statistics.ts'
import { defaultTopK } from './top-k-accuracy.ts'

/** A metric of one output: which statistic it is read from, and how. */
export interface OutputMetric {
  readonly name: string
  readonly statistic: StatisticKind
  readonly kind: ReadingKind
}

/** The metrics that an output asks for; those that its loss comes with when it asks for none. */
export function outputMetrics(loss: OutputLoss): OutputMetric[] {
  const asked = loss.metrics ?? []
  const kinds = asked.length > 0 ? asked : defaultMetrics(loss)
  return kinds.map((kind) => {
    const { statistic, reading } = metricRules[kind]
    return { name: metricName(kind, loss.topK ?? defaultTopK), statistic, kind: reading }
  })
}

/** Columns of every statistic that these metrics are read from, float32 [batch, columns], each once. */
export function metricStatistics(
  metrics: readonly OutputMetric[],
  inputs: LossInputs,
  loss: OutputLoss,
): ReadonlyMap<StatisticKind, TensorValue> {
  const kinds = new Set(metrics.map(({ statistic }) => statistic))
  return new Map([...kinds].map((kind) => [kind, statisticColumns(kind, inputs, loss)]))
}

function defaultMetrics({ kind }: OutputLoss): readonly MetricKind[] {
  if (isEmbeddingLoss(kind)) return []
  if (isLabelLoss(kind)) return ['sequenceAccuracy']
  return isClassLoss(kind) ? ['accuracy'] : ['meanAbsoluteError']
}
