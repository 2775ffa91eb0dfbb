import { readMetrics, type SumLayout } from '../../../src-core/training/metrics/read-metrics.ts'
import type { MetricValues } from '../../../src-core/training/run-event.ts'

/** Adds up a graph's sums over steps, in double precision, and reads metrics from them. */
export class MetricSums {
  readonly #layout: SumLayout
  readonly #sums: Float64Array

  /** `start` goes on from sums that were kept. */
  constructor(layout: SumLayout, start: readonly number[] = []) {
    this.#layout = layout
    this.#sums = Float64Array.from(layout.sumNames, (_, index) => start[index] ?? 0)
  }

  /** Adds the step at `offset` of a run's sums. */
  add(sums: ArrayLike<number>, offset = 0): void {
    for (let index = 0; index < this.#sums.length; index++) {
      this.#sums[index] = (this.#sums[index] ?? 0) + (sums[offset + index] ?? 0)
    }
  }

  get values(): readonly number[] {
    return [...this.#sums]
  }

  /** Metrics over all samples so far, by name. */
  metrics(): MetricValues {
    return readMetrics(this.#layout, this.#sums)
  }
}
