/** The largest distance between two equally long lists of numbers; infinite where one is missing or shorter. */
export function largestDifference(found: ArrayLike<number> | undefined, expected: ArrayLike<number>): number {
  if (found?.length !== expected.length) return Number.POSITIVE_INFINITY
  return Math.max(...Array.from(found, (value, at) => Math.abs(value - (expected[at] ?? Number.NaN))))
}
