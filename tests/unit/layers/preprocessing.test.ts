import { describe, expect, it } from 'vitest'
import { inferred, runLayer } from './run-layer.ts'

function list(...values: number[]) {
  return { shape: [values.length], data: Float32Array.from(values) }
}

async function computed(
  kind: string,
  input: ReturnType<typeof list>,
  parameters: Record<string, unknown> = {},
) {
  const { data } = await runLayer(kind, { inputs: [input], parameters, batchSize: 1 })
  return [...data]
}

describe('rescaling', () => {
  it('brings 0 … 1 to −1 … 1 as it comes', async () => {
    expect(await computed('rescaling', list(0, 0.25, 1))).toEqual([-1, -0.5, 1])
  })
})

describe('normalization', () => {
  it('takes one number, or one for each channel', async () => {
    expect(await computed('normalization', list(1, 5), { mean: [1], variance: [4] })).toEqual([0, 2])
    expect(await computed('normalization', list(1, 5), { mean: [1, 2], variance: [4, 9] })).toEqual([0, 1])
  })

  it('refuses lists of another length', () => {
    expect(inferred('normalization', [[3, 8, 8]], { mean: [1, 2] })).toMatchObject({
      code: 'layer.badParameter',
      expected: 'expects its mean (2 numbers) to hold one number, or one for each channel',
      hint: 'Give 1 or 3 numbers.',
      parameter: 'mean',
    })
    expect(inferred('normalization', [[3, 8, 8]], { mean: [1, 2], statistics: 'learned' })).toEqual([3, 8, 8])
  })

  it('gathers the statistics of all batches, whatever their means', async () => {
    const batches = [
      [100, 103, 98],
      [10_000, 10_001, 9_999],
      [102, 97, 100],
    ]
    let weights = { count: Float32Array.of(0), mean: Float32Array.of(0), squares: Float32Array.of(0) }
    for (const batch of batches) {
      const { updates } = await runLayer('normalization', {
        inputs: [{ shape: [1], data: Float32Array.from(batch) }],
        parameters: { statistics: 'learned' },
        weights,
        batchSize: 3,
        training: true,
      })
      weights = { ...weights, ...updates }
    }
    const all = batches.flat()
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length
    const squares = all.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    expect(weights.count[0]).toBe(9)
    expect(weights.mean[0]).toBeCloseTo(mean, 3)
    expect((weights.squares[0] ?? 0) / squares).toBeCloseTo(1, 6)
  })

  it('lets values pass as long as it has seen nothing', async () => {
    expect(await computed('normalization', list(3, -4), { statistics: 'learned' })).toEqual([3, -4])
  })
})

describe('centerCrop', () => {
  it('keeps the middle and refuses smaller images', () => {
    expect(inferred('centerCrop', [[3, 9, 8]], { size: [4, 8] })).toEqual([3, 4, 8])
    expect(inferred('centerCrop', [[3, 9, 8]], { size: [4, 9] })).toMatchObject({
      code: 'shape.tooSmall',
      expected: 'expects an image of at least 4 × 9 to cut its middle out',
    })
  })
})

describe('codes of categories', () => {
  it('oneHot puts a one at the place of each number, and none for others', async () => {
    expect(await computed('oneHot', list(2, 0, 3, -1), { numClasses: 3 })).toEqual([
      0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0,
    ])
  })

  it('categoryEncoding says which numbers occur, or how often', async () => {
    const words = list(1, 3, 1, 9)
    expect(await computed('categoryEncoding', words, { numTokens: 4 })).toEqual([0, 1, 0, 1])
    expect(await computed('categoryEncoding', words, { numTokens: 4, outputMode: 'count' })).toEqual([
      0, 2, 0, 1,
    ])
    expect(inferred('categoryEncoding', [[7, 5]], { numTokens: 4 })).toEqual([7, 4])
    expect(inferred('categoryEncoding', [[1]], { numTokens: 4, outputMode: 'oneHot' })).toEqual([4])
    expect(inferred('categoryEncoding', [[5]], { numTokens: 4, outputMode: 'oneHot' })).toEqual([5, 4])
  })
})

describe('discretization', () => {
  it('counts the boundaries that are reached', async () => {
    const parameters = { binBoundaries: [0, 18, 65] }
    expect(await computed('discretization', list(-1, 0, 17.9, 18, 99), parameters)).toEqual([0, 1, 1, 2, 3])
    expect(await computed('discretization', list(20), { ...parameters, outputMode: 'oneHot' })).toEqual([
      0, 0, 1, 0,
    ])
  })

  it('refuses boundaries out of order', () => {
    expect(inferred('discretization', [[4]], { binBoundaries: [0, 2, 2] })).toMatchObject({
      code: 'layer.badParameter',
      expected: 'expects ascending boundaries, but 2 follows 2',
      parameter: 'binBoundaries',
      ownFault: true,
    })
  })
})

describe('standardizePerImage', () => {
  it('gives mean 0 and variance 1, and zeros for an image of one colour', async () => {
    const image = (...values: number[]) => ({ shape: [1, 1, 4], data: Float32Array.from(values) })
    expect(await computed('standardizePerImage', image(1, 1, 3, 3))).toEqual([-1, -1, 1, 1])
    expect(await computed('standardizePerImage', image(5, 5, 5, 5))).toEqual([0, 0, 0, 0])
  })
})
