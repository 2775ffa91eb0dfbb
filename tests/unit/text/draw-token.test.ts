import { describe, expect, it } from 'vitest'
import { drawToken, tokenScores } from '../../../src-core/text/draw-token.ts'

const draws = 20_000
const probabilities = [0.1, 0.4, 0.05, 0.25, 0.2]
const scores = tokenScores(probabilities, 'softmax')

/** How often each token is drawn when the draws are spread evenly. */
function shares(temperature: number, topK: number, from = scores): number[] {
  const counts = from.map(() => 0)
  for (let at = 0; at < draws; at++) {
    const token = drawToken(from, { temperature, topK }, (at + 0.5) / draws)
    counts[token] = (counts[token] ?? 0) + 1
  }
  return counts.map((count) => count / draws)
}

/** p^(1 / temperature) over the kept tokens, of sum 1. */
function expected(temperature: number, kept: readonly number[]): number[] {
  const powers = probabilities.map((p, token) => (kept.includes(token) ? p ** (1 / temperature) : 0))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

describe('drawToken', () => {
  it.each([
    [1, 0, [0, 1, 2, 3, 4]],
    [0.5, 0, [0, 1, 2, 3, 4]],
    [2, 0, [0, 1, 2, 3, 4]],
    [1, 2, [1, 3]],
    [0.7, 3, [1, 3, 4]],
    [1, 1, [1]],
    [1, 99, [0, 1, 2, 3, 4]],
  ])('draws by p^(1/%d) of the %d likeliest', (temperature, topK, kept) => {
    const wanted = expected(temperature, kept)
    for (const [token, share] of shares(temperature, topK).entries()) {
      expect(share).toBeCloseTo(wanted[token] ?? 0, 3)
    }
  })

  it('takes the likeliest at temperature 0, the first of equals', () => {
    expect(shares(0, 0)).toEqual([0, 1, 0, 0, 0])
    expect(drawToken([1, 3, 3], { temperature: 0, topK: 0 }, 0.99)).toBe(1)
  })

  it('never draws what is impossible, and does not overflow at low temperatures', () => {
    expect(shares(1, 0, [0, Number.NEGATIVE_INFINITY, 0])).toEqual([0.5, 0, 0.5])
    expect(shares(0.001, 0, [500, 400, -500])).toEqual([1, 0, 0])
  })

  it('takes raw scores and log-probabilities as they are', () => {
    const raw = probabilities.map((p) => Math.log(p) + 3)
    expect(shares(1, 0, tokenScores(raw, 'linear'))).toEqual(shares(1, 0))
  })
})
