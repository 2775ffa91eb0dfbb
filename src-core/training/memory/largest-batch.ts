/**
 * The largest batch size, below `batchSize`, with which no more than `available` bytes are needed: a power of two, or 1.
 * What is needed grows in proportion to the batch, from what is needed anyway: two sizes tell the rest, and the result is
 * looked at once more. Undefined when not even one sample fits.
 */
export function largestFittingBatch(
  needed: (batchSize: number) => number,
  batchSize: number,
  available: number,
): number | undefined {
  if (batchSize <= 1) return undefined
  const half = Math.max(1, Math.floor(batchSize / 2))
  const [atHalf, atWhole] = [needed(half), needed(batchSize)]
  const slope = (atWhole - atHalf) / (batchSize - half)
  const guess = slope > 0 ? half + (available - atHalf) / slope : half
  let size = powerOfTwo(Math.min(guess, batchSize - 1))
  while (size > 1 && needed(size) > available) size = powerOfTwo(size - 1)
  return size > 1 || needed(1) <= available ? size : undefined
}

/** The largest power of two up to a number; 1 at least. */
function powerOfTwo(limit: number): number {
  return limit < 2 ? 1 : 2 ** Math.floor(Math.log2(limit))
}
