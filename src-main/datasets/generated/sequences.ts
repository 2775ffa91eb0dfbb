import { Draws } from './draws.ts'
import { categoryColumn, type GeneratedTable, numberColumn, rowNumbers } from './generated-table.ts'

const seed = 4

/** Words of {@link wordOrder}; 0 is padding. */
export const wordCount = 50
/** Words in a row. */
export const sentenceLength = 16

const [opening, closing] = [1, 2]

/**
 * Rows of word numbers. Each holds the words 1 and 2 among others; the class tells which of them comes first, which
 * nothing finds out that only counts words. Sentences are of different lengths, with 0 behind them.
 */
export function wordOrder(): GeneratedTable {
  const draws = new Draws(seed, 'words')
  const labels: number[] = []
  const sentences = rowNumbers(2000).map((row) => {
    const label = row % 2
    const length = 6 + draws.below(sentenceLength - 5)
    const sentence = rowNumbers(sentenceLength).map((at) =>
      at < length ? 3 + draws.below(wordCount - 3) : 0,
    )
    const first = draws.below(length - 1)
    const second = first + 1 + draws.below(length - first - 1)
    sentence[first] = label === 0 ? opening : closing
    sentence[second] = label === 0 ? closing : opening
    labels.push(label)
    return sentence
  })
  const columns = rowNumbers(sentenceLength).map((at) =>
    numberColumn(
      `word ${at + 1}`,
      sentences.map((sentence) => sentence[at] ?? 0),
    ),
  )
  return {
    rows: sentences.length,
    columns: [...columns, categoryColumn('order', ['1 before 2', '2 before 1'], labels)],
  }
}
