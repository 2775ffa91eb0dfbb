import type { ColumnSpec } from '../../../src-core/datasets/dataset-spec.ts'
import { histogramBin, histogramBins } from '../running-statistics.ts'

/** Statistics of bytes, exact: how often each of the 256 values occurs says everything. */
export class PixelStatistics {
  readonly #occurrences = new Float64Array(256)

  add(bytes: Uint8Array): void {
    const occurrences = this.#occurrences
    for (const byte of bytes) occurrences[byte] = (occurrences[byte] ?? 0) + 1
  }

  summary(): ColumnSpec['statistics'] {
    const values = [...this.#occurrences.entries()].filter(([, count]) => count > 0)
    const total = values.reduce((sum, [, count]) => sum + count, 0)
    const minimum = values[0]?.[0]
    const maximum = values.at(-1)?.[0]
    if (minimum === undefined || maximum === undefined) {
      return { minimum: null, maximum: null, mean: null, standardDeviation: null, missing: 0 }
    }
    const mean = values.reduce((sum, [value, count]) => sum + value * count, 0) / total
    const squares = values.reduce((sum, [value, count]) => sum + (value - mean) ** 2 * count, 0)
    const histogram = new Array<number>(histogramBins).fill(0)
    for (const [value, count] of values) {
      const bin = histogramBin(value, minimum, maximum)
      histogram[bin] = (histogram[bin] ?? 0) + count
    }
    return {
      minimum,
      maximum,
      mean,
      standardDeviation: Math.sqrt(squares / total),
      missing: 0,
      histogram,
    }
  }
}
