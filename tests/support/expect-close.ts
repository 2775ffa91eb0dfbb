import { expect } from 'vitest'

/** Absolute for values up to 1, relative above. */
export function expectClose(found: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(found.length).toBe(expected.length)
  expect(found.length).toBeGreaterThan(0)
  const worst = Math.max(
    ...expected.map((value, i) => Math.abs((found[i] ?? Number.NaN) - value) / Math.max(1, Math.abs(value))),
  )
  expect(worst).toBeLessThan(tolerance)
}
