import { unknownToken } from '../../../src-core/datasets/dataset-spec.ts'

/** The characters that are told apart, and how often each occurs. */
export interface Vocabulary {
  /** In the order of their code points; the entry for the unknown, where there is one, is the last. */
  readonly tokens: readonly string[]
  readonly counts: readonly number[]
}

/** The most frequent characters, `size` of them with the entry that all others share where there are more. */
export function vocabularyOf(counts: ReadonlyMap<string, number>, size: number): Vocabulary {
  const byFrequency = [...counts].sort(([a, inA], [b, inB]) => inB - inA || compareCodePoints(a, b))
  if (byFrequency.length <= size) return inOrder(byFrequency)
  const known = byFrequency.filter(([token]) => token !== unknownToken).slice(0, size - 1)
  const { tokens, counts: knownCounts } = inOrder(known)
  const all = byFrequency.reduce((sum, [, count]) => sum + count, 0)
  const rest = all - knownCounts.reduce((sum, count) => sum + count, 0)
  return { tokens: [...tokens, unknownToken], counts: [...knownCounts, rest] }
}

function inOrder(entries: readonly (readonly [string, number])[]): Vocabulary {
  const sorted = entries.toSorted(([a], [b]) => compareCodePoints(a, b))
  return { tokens: sorted.map(([token]) => token), counts: sorted.map(([, count]) => count) }
}

function compareCodePoints(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)
}
