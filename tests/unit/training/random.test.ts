import { describe, expect, it } from 'vitest'
import { fillUniform, philox, shuffledIndices, uniform } from '../../../src-core/training/random.ts'

function filled(length: number, seed: number, key: string, step: number): Float32Array {
  const values = new Float32Array(length)
  fillUniform(values, seed, key, step)
  return values
}

describe('philox', () => {
  // The three "philox4x32 7" lines of kat_vectors in Random123, the authors' own library.
  it.each([
    [
      [0, 0, 0, 0, 0, 0],
      [0x5f6fb709, 0x0d893f64, 0x4f121f81, 0x4f730a48],
    ],
    [new Array<number>(6).fill(0xffffffff), [0x5207ddc2, 0x45165e59, 0x4d8ee751, 0x8c52f662]],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0],
      [0x4dfccaba, 0x190a87f0, 0xc47362ba, 0xb6b5242a],
    ],
  ])('gives the published words for counter and key %j', (given, expected) => {
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, k0 = 0, k1 = 0] = given
    const words = new Uint32Array(4)
    philox(words, 0, c0, c1, c2, c3, k0, k1)
    expect([...words]).toEqual(expected)
  })
})

describe('uniform noise', () => {
  it('does not depend on how many elements are asked for', () => {
    const long = filled(1001, 7, 'dropout', 3)
    for (const length of [1, 2, 3, 4, 5, 127]) {
      expect(filled(length, 7, 'dropout', 3)).toEqual(long.slice(0, length))
    }
    expect(uniform(7, 'dropout', 3, 1000)).toBe(long[1000])
  })

  it('differs by seed, key and step', () => {
    const streams = [
      filled(64, 1, 'a', 1),
      filled(64, 2, 'a', 1),
      filled(64, 1, 'b', 1),
      filled(64, 1, 'a', 2),
    ]
    expect(new Set(streams.map(String)).size).toBe(streams.length)
  })

  it('has the values it had in every version', () => {
    expect([...filled(3, 42, 'dropout', 0)]).toMatchInlineSnapshot(`
      [
        0.3829554319381714,
        0.5847616791725159,
        0.3526226282119751,
      ]
    `)
  })

  it('is in [0, 1), evenly spread, and uncorrelated with its neighbour', () => {
    const n = 200_000
    const values = filled(n, 5, 'even', 0)
    const bins = new Array<number>(20).fill(0)
    let lagged = 0
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
    for (let i = 0; i < n; i++) {
      const value = values[i] ?? -1
      const bin = Math.floor(value * 20)
      bins[bin] = (bins[bin] ?? 0) + 1
      lagged += (value - 0.5) * ((values[(i + 1) % n] ?? 0) - 0.5)
    }
    // 19 degrees of freedom: above 43.8 one time in a thousand.
    const chiSquare = bins.reduce((sum, count) => sum + (count - n / 20) ** 2 / (n / 20), 0)
    expect(chiSquare).toBeLessThan(43.8)
    expect(Math.abs((lagged / n) * 12)).toBeLessThan(4 / Math.sqrt(n))
  })

  it('is even over steps and keys as well, where only one word of the counter changes', () => {
    const n = 50_000
    let [sum, squares] = [0, 0]
    for (let step = 0; step < n; step++) {
      const value = uniform(1, `layer ${step % 10}`, step, 0)
      sum += value
      squares += value * value
    }
    expect(Math.abs(sum / n - 1 / 2)).toBeLessThan(4 / Math.sqrt(12 * n))
    expect(Math.abs(squares / n - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / n))
  })
})

describe('shuffledIndices', () => {
  it('is a permutation, the same for the same seed and epoch', () => {
    const order = shuffledIndices(1000, 3, 1)
    expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(shuffledIndices(1000, 3, 1)).toEqual(order)
    expect(shuffledIndices(1000, 3, 2)).not.toEqual(order)
    expect(shuffledIndices(1000, 4, 1)).not.toEqual(order)
  })

  it('puts every element in every place equally often', () => {
    const [n, rounds] = [6, 12_000]
    const counts = new Array<number>(n * n).fill(0)
    for (let epoch = 0; epoch < rounds; epoch++) {
      for (const [place, element] of shuffledIndices(n, 9, epoch).entries()) {
        counts[place * n + element] = (counts[place * n + element] ?? 0) + 1
      }
    }
    const expected = rounds / n
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // 25 degrees of freedom: above 52.6 one time in a thousand.
    expect(chiSquare).toBeLessThan(52.6)
  })

  it('takes nothing and one', () => {
    expect(shuffledIndices(0, 1, 1)).toEqual(new Uint32Array(0))
    expect(shuffledIndices(1, 1, 1)).toEqual(Uint32Array.of(0))
  })
})
