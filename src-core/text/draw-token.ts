import type { TextSettings } from './text-settings.ts'

/**
 * Draws a token by its score: probabilities are softmax(scores / temperature) over the `topK` largest scores (over all for
 * 0), and the first token whose cumulated probability exceeds `draw`, a number in [0, 1), is taken. With a temperature of
 * 0 that is the largest score. Scores are logarithms of probabilities, up to a constant; −∞ is never drawn while another
 * is there. Of equal scores the first counts as the larger one.
 */
export function drawToken(
  scores: readonly number[],
  { temperature, topK }: Pick<TextSettings, 'temperature' | 'topK'>,
  draw: number,
): number {
  const order = scores.map((_, token) => token).sort((a, b) => score(scores, b) - score(scores, a) || a - b)
  const [likeliest = 0] = order
  if (temperature === 0) return likeliest
  const candidates = topK > 0 ? order.slice(0, topK) : order
  const largest = score(scores, likeliest)
  const weights = candidates.map((token) => Math.exp((score(scores, token) - largest) / temperature))
  const threshold = draw * weights.reduce((sum, weight) => sum + weight, 0)
  let cumulated = 0
  for (const [at, weight] of weights.entries()) {
    cumulated += weight
    if (cumulated > threshold) return candidates[at] ?? likeliest
  }
  return likeliest
}

function score(scores: readonly number[], token: number): number {
  return scores[token] ?? Number.NEGATIVE_INFINITY
}

/** What a head gives for the tokens, as logarithms of probabilities up to a constant. */
export function tokenScores(values: ArrayLike<number>, activation: string): number[] {
  const isProbability = activation === 'softmax' || activation === 'sigmoid'
  return Array.from(values, (value) => (isProbability ? Math.log(value) : value))
}
