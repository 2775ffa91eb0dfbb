import type { MetricValues } from '../run-event.ts'
import { classRatios, f1Of, iouOf, precisionOf, recallOf } from './class-ratios.ts'
import type { ReadingKind } from './metric-rules.ts'
import { rSquared } from './r-squared.ts'
import { precisionRecallArea, receiverArea } from './threshold-curves.ts'

/** Where a metric's sums are and how its value follows from them. */
export interface MetricReading {
  /** `loss`, `accuracy`, `species.accuracy`. */
  readonly name: string
  readonly kind: ReadingKind
  /** First of its sums. */
  readonly from: number
  readonly width: number
  /** Where the sum of the weights is that it was taken with; the first sum when absent. */
  readonly weight?: number
}

/** What a graph's sums hold. Sums of several batches may be added: every value is exact over all of their samples. */
export interface SumLayout {
  /** One name per sum; the first two are `sampleWeight` (of steps where those are compared) and `loss`. */
  readonly sumNames: readonly string[]
  readonly metrics: readonly MetricReading[]
}

/** Metric values by name, from sums over samples of which the first is the sum of the sample weights. */
export function readMetrics({ metrics }: Pick<SumLayout, 'metrics'>, sums: ArrayLike<number>): MetricValues {
  return Object.fromEntries(
    metrics.map(({ name, kind, from, width, weight = 0 }) => {
      const own = Array.from({ length: width }, (_, index) => sums[from + index] ?? 0)
      return [name, readings[kind](own, sums[weight] ?? 0)]
    }),
  )
}

const readings: Readonly<Record<ReadingKind, (sums: readonly number[], weight: number) => number>> = {
  mean,
  root: (sums, weight) => Math.sqrt(mean(sums, weight)),
  // A perplexity beyond all numbers is still one.
  exponential: (sums, weight) => Math.min(Math.exp(mean(sums, weight)), Number.MAX_VALUE),
  precision: (sums) => classRatios(sums, precisionOf),
  recall: (sums) => classRatios(sums, recallOf),
  f1: (sums) => classRatios(sums, f1Of),
  meanIou: (sums) => classRatios(sums, iouOf),
  auc: receiverArea,
  prAuc: precisionRecallArea,
  r2: rSquared,
  ratio: ([part = 0, whole = 0]) => (whole === 0 ? 0 : part / whole),
}

function mean([sum = 0]: readonly number[], weight: number): number {
  return sum / weight
}
