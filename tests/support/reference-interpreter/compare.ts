import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../test-results/parity/', import.meta.url))

/** Keeps the differences of many comparisons: the largest is printed at the end, all of them go into docs/parity.md. */
export class LargestDifference {
  readonly #differences = new Map<string, number>()

  record(difference: number, label: string): void {
    this.#differences.set(label, Math.max(difference, this.#differences.get(label) ?? 0))
  }

  /** Writes the differences to test-results/parity/<name>.json, for `npm run parity`. */
  save(name: string, title: string): void {
    mkdirSync(folder, { recursive: true })
    const rows = [...this.#differences].map(([label, difference]) => ({ label, difference }))
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ title, rows }, null, 2))
  }

  toString(): string {
    const [label, difference] = [...this.#differences].reduce(
      (a, b) => (b[1] >= a[1] ? b : a),
      ['nothing compared', 0],
    )
    return `${difference.toExponential(2)} (${label})`
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
