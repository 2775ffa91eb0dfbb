import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'

/** Losses below this are compared with it instead of themselves: they are the logarithm of a number next to 1. */
const smallLoss = 0.1
/** A weight counts as moved by at least this part of what the weight that went furthest has moved. */
const smallMove = 0.1

/** Largest difference of the losses of single steps, relative to the expected loss. */
export function largestLossDifference(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY
  return Math.max(
    ...expected.map((loss, step) => {
      const difference = Math.abs((found[step] ?? Number.NaN) - loss)
      return Number.isNaN(difference)
        ? Number.POSITIVE_INFINITY
        : difference / Math.max(smallLoss, Math.abs(loss))
    }),
  )
}

/**
 * Largest difference of trained weights, relative to how far the weight has moved since `start`: what training has done
 * is compared, not what was there before. Where the expected numbers are 1 and more and hardly move, relative to them.
 */
export function largestWeightDifference(
  found: ReadonlyMap<string, NamedTensor>,
  start: ReadonlyMap<string, NamedTensor>,
  expected: Readonly<Record<string, readonly number[]>>,
): { readonly difference: number; readonly weight: string } {
  const rows = Object.entries(expected).map(([weight, values]) => ({
    weight,
    apart: farthest(found.get(weight)?.data, values),
    moved: farthest(start.get(weight)?.data, values),
  }))
  const floor = smallMove * Math.max(...rows.map(({ moved }) => moved))
  const differences = rows.map(({ weight, apart, moved }) => ({
    weight,
    difference: apart / Math.max(moved, floor),
  }))
  return differences.reduce((a, b) => (b.difference > a.difference ? b : a), {
    weight: 'none',
    difference: 0,
  })
}

function farthest(from: ArrayLike<number | bigint> | undefined, to: readonly number[]): number {
  if (from?.length !== to.length) return Number.POSITIVE_INFINITY
  return Math.max(
    ...to.map((value, index) => {
      const distance = Math.abs(Number(from[index]) - value)
      return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance
    }),
  )
}
