/** Keeps the largest difference of many comparisons, to be printed at the end. */
export class LargestDifference {
  #largest = 0
  #label = 'nothing compared'

  record(difference: number, label: string): void {
    if (difference < this.#largest) return
    this.#largest = difference
    this.#label = label
  }

  toString(): string {
    return `${this.#largest.toExponential(2)} (${this.#label})`
  }
}

/**
 * Largest |actual − expected|, divided by the largest |expected| where that is above 1.
 * NaN equals NaN; NaN or infinity on one side only is an infinite difference.
 */
export function relativeDifference(actual: ArrayLike<number | bigint>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity
  let scale = 1
  let largest = 0
  for (let index = 0; index < expected.length; index++) {
    const wanted = expected[index] ?? Number.NaN
    const got = Number(actual[index])
    if (Object.is(wanted, got) || wanted === got) continue
    const difference = Math.abs(got - wanted)
    if (!Number.isFinite(difference)) return Infinity
    scale = Math.max(scale, Math.abs(wanted))
    largest = Math.max(largest, difference)
  }
  return largest / scale
}
