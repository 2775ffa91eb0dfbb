/** How often decisions were for a class and right, were for it, and should have been for it. */
export interface ClassCounts {
  readonly hits: number
  readonly predicted: number
  readonly actual: number
}

/**
 * Mean of a ratio over the classes of a confusion (three blocks: hits, predicted, actual). Classes that neither occur nor
 * were predicted say nothing and are left out; 0 when there is none left.
 */
export function classRatios(sums: readonly number[], ratio: (counts: ClassCounts) => number): number {
  const classes = sums.length / 3
  const ratios = Array.from({ length: classes }, (_, index) => ({
    hits: sums[index] ?? 0,
    predicted: sums[classes + index] ?? 0,
    actual: sums[2 * classes + index] ?? 0,
  }))
    .filter(({ predicted, actual }) => predicted + actual > 0)
    .map(ratio)
  return share(
    ratios.reduce((sum, value) => sum + value, 0),
    ratios.length,
  )
}

export function precisionOf({ hits, predicted }: ClassCounts): number {
  return share(hits, predicted)
}

export function recallOf({ hits, actual }: ClassCounts): number {
  return share(hits, actual)
}

/** The harmonic mean of precision and recall. */
export function f1Of({ hits, predicted, actual }: ClassCounts): number {
  return share(2 * hits, predicted + actual)
}

/** Intersection over union. */
export function iouOf({ hits, predicted, actual }: ClassCounts): number {
  return share(hits, predicted + actual - hits)
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}
