import type { MetricValues } from '../../../src-core/training/run-event.ts'

/** Adds up a graph's sums over steps, in double precision, and turns them into means. */
export class MetricSums {
  readonly #names: readonly string[]
  readonly #sums: Float64Array

  /** `start` goes on from sums that were kept. */
  constructor(names: readonly string[], start: readonly number[] = []) {
    this.#names = names
    this.#sums = Float64Array.from(names, (_, index) => start[index] ?? 0)
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

  /** Means over samples by name, without the sample weight itself. */
  means(): MetricValues {
    return means(this.#names, this.#sums)
  }
}

/** Divides sums by the sum of the sample weights, which is the first of them. */
export function means(names: readonly string[], sums: ArrayLike<number>, offset = 0): MetricValues {
  const weight = sums[offset] ?? 0
  const entries = names.map((name, index): [string, number] => [name, (sums[offset + index] ?? 0) / weight])
  return Object.fromEntries(entries.slice(1))
}
