import { describe, expect, it } from 'vitest'
import { betaQuantiles } from '../../../src-core/training/beta-distribution.ts'

/** Distributions whose probabilities can be written down. */
const known: readonly (readonly [alpha: number, name: string, below: (x: number) => number])[] = [
  [0.5, 'the arcsine law', (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x))],
  [1, 'the uniform distribution', (x) => x],
  [2, 'a parabola', (x) => x * x * (3 - 2 * x)],
  [3, 'a quartic', (x) => x ** 3 * (10 - 15 * x + 6 * x * x)],
]

describe('quantiles of the beta distribution', () => {
  it.each(known)('with both parameters %d are those of %s', (alpha, _name, below) => {
    const quantiles = betaQuantiles(alpha, 100)
    const errors = Array.from(quantiles, (quantile, at) => Math.abs(below(quantile) - at / 100))
    expect(quantiles).toHaveLength(101)
    expect(Math.max(...errors)).toBeLessThan(1e-10)
  })

  it.each([0.01, 0.2, 10])('rise from 0 to 1, symmetric about one half, for %d', (alpha) => {
    const quantiles = betaQuantiles(alpha, 64)
    expect([quantiles[0], quantiles[64]]).toEqual([0, 1])
    expect(quantiles[32]).toBeCloseTo(0.5, 12)
    for (const [at, quantile] of quantiles.entries()) {
      expect(quantile).toBeGreaterThanOrEqual(quantiles[at - 1] ?? 0)
      expect(quantile + (quantiles[64 - at] ?? 0)).toBeCloseTo(1, 12)
    }
  })

  it('have the mean square of the distribution', () => {
    const alpha = 0.2
    const quantiles = betaQuantiles(alpha, 20_000)
    const mean = quantiles.reduce((sum, quantile) => sum + quantile ** 2, 0) / quantiles.length
    expect(mean).toBeCloseTo((alpha + 1) / (2 * (2 * alpha + 1)), 3)
  })
})
