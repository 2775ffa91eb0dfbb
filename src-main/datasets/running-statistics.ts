/**
 * Mean and deviation of numbers that come one by one, in one pass and without losing digits
 * (Welford 1962, "Note on a method for calculating corrected sums of squares and products").
 */
export class RunningStatistics {
  count = 0
  minimum = Number.POSITIVE_INFINITY
  maximum = Number.NEGATIVE_INFINITY
  /** Whether every number so far was whole. */
  whole = true
  #mean = 0
  #squares = 0

  add(value: number): void {
    this.count += 1
    if (value < this.minimum) this.minimum = value
    if (value > this.maximum) this.maximum = value
    if (this.whole && !Number.isInteger(value)) this.whole = false
    const fromOldMean = value - this.#mean
    this.#mean += fromOldMean / this.count
    this.#squares += fromOldMean * (value - this.#mean)
  }

  /** The numbers as they are stored with a column; the deviation is that of the population (divided by n). */
  summary(): {
    minimum: number | null
    maximum: number | null
    mean: number | null
    standardDeviation: number | null
  } {
    if (this.count === 0) return { minimum: null, maximum: null, mean: null, standardDeviation: null }
    return {
      minimum: this.minimum,
      maximum: this.maximum,
      mean: this.#mean,
      standardDeviation: Math.sqrt(this.#squares / this.count),
    }
  }
}

export const histogramBins = 20

/** The bin of a value among twenty equal ones from minimum to maximum; the maximum belongs to the last. */
export function histogramBin(value: number, minimum: number, maximum: number): number {
  if (maximum <= minimum) return 0
  return Math.min(histogramBins - 1, Math.floor(((value - minimum) / (maximum - minimum)) * histogramBins))
}
