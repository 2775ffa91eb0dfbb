/** In the order of preference where several would do: a comma may also be a decimal comma or part of a text. */
const candidates = ['\t', ';', '|', ','] as const
const recordsLookedAt = 100

/**
 * Finds the character between fields from the beginning of a table: the one that gives every record the same number
 * of fields, the header included. A table of one column gives a comma.
 */
export function sniffDelimiter(text: string): string {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of candidates) {
    const score = evenness(fieldCounts(text, delimiter))
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** Whether the beginning of a text has rows: as many fields in every line, at least two, or a number in every line. */
export function looksLikeTable(text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  if (lines.length >= 2 && lines.every((line) => Number.isFinite(Number(line)))) return true
  return candidates.some((delimiter) => {
    const counts = fieldCounts(text, delimiter)
    return counts.length >= 2 && evenness(counts) > 0.9
  })
}

/** Fields per record; an incomplete last record does not count unless it is the only one. */
function fieldCounts(text: string, delimiter: string): number[] {
  const counts: number[] = []
  let fields = 1
  let length = 0
  let quoted = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (!quoted && character === delimiter) fields += 1
    else if (!quoted && (character === '\n' || character === '\r')) {
      if (length > 0) counts.push(fields)
      if (counts.length === recordsLookedAt) return counts
      fields = 1
      length = 0
      continue
    }
    length += 1
  }
  return counts.length === 0 ? [fields] : counts
}

/** Share of records with the most frequent count; half when the first record differs from it; 0 for one field. */
function evenness(counts: readonly number[]): number {
  const frequencies = new Map<number, number>()
  for (const count of counts) frequencies.set(count, (frequencies.get(count) ?? 0) + 1)
  const [usual = 1, frequency = 0] = [...frequencies].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
  if (usual === 1) {
    // A header of several fields over rows of one still tells the delimiter.
    return (counts[0] ?? 1) > 1 ? 0.25 : 0
  }
  return (frequency / counts.length) * (counts[0] === usual ? 1 : 0.5)
}
