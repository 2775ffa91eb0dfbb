import { shuffledIndices } from '../training/random.ts'

/** How far rows are shuffled when the data does not fit in memory. */
export interface ShuffleWindow {
  readonly rowsPerChunk: number
  /** Chunks that are in memory together. */
  readonly chunks: number
}

/**
 * The rows of one epoch in the order of training: a pure function of its arguments.
 * Without a window every order is equally likely. With one, chunks come in random order, a few at a time, and rows
 * are shuffled among the chunks that are in memory together, so that every chunk is read once per epoch.
 */
export function epochOrder(
  rows: Uint32Array,
  seed: number,
  epoch: number,
  window?: ShuffleWindow,
): Uint32Array {
  if (!window) return shuffledIndices(rows.length, seed, epoch).map((index) => rows[index] ?? 0)
  const chunks = groupByChunk(rows, window.rowsPerChunk)
  const chunkOrder = shuffledIndices(chunks.length, seed, epoch)
  const order = new Uint32Array(rows.length)
  let position = 0
  for (let first = 0; first < chunks.length; first += window.chunks) {
    const together = Array.from(
      chunkOrder.subarray(first, first + window.chunks),
      (chunk) => chunks[chunk] ?? [],
    )
    const windowRows = together.flat()
    // A window's own stream: the epoch's, with the window in the seed's place of a second shuffle.
    for (const index of shuffledIndices(windowRows.length, seed + 1 + first, epoch)) {
      order[position] = windowRows[index] ?? 0
      position += 1
    }
  }
  return order
}

function groupByChunk(rows: Uint32Array, rowsPerChunk: number): number[][] {
  const chunks = new Map<number, number[]>()
  for (const row of rows) {
    const chunk = Math.floor(row / rowsPerChunk)
    const members = chunks.get(chunk)
    if (members) members.push(row)
    else chunks.set(chunk, [row])
  }
  return [...chunks.values()]
}
