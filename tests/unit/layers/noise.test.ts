import { describe, expect, it } from 'vitest'
import { elementCount, type Shape } from '../../../src-core/tensor-graph/types.ts'
import { inferred, runLayer } from './run-layer.ts'

const batchSize = 8
const ones = (shape: Shape, value = 1) => ({
  shape,
  data: new Float32Array(batchSize * elementCount(shape)).fill(value),
})

async function trained(kind: string, input: ReturnType<typeof ones>, parameters: object, training = true) {
  const run = { inputs: [input], parameters: { ...parameters }, batchSize, training }
  return [...(await runLayer(kind, run)).data]
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, variance }
}

const many: Shape = [5000]
const count = batchSize * 5000

/** Whether a mean of `count` values is within four standard errors. */
function expectMean(found: number, expected: number, variance: number): void {
  expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(variance / count))
}

describe('noise layers', () => {
  it.each([
    'dropout',
    'spatialDropout2d',
    'gaussianNoise',
    'gaussianDropout',
    'alphaDropout',
    'stochasticDepth',
  ])('%s passes its input on when predicting', async (kind) => {
    const image = ones([2, 3, 3], 0.7)
    expect(await trained(kind, image, {}, false)).toEqual([...image.data])
    expect(await trained(kind, image, {})).not.toEqual([...image.data])
  })

  it('gaussianNoise has mean 0 and the variance that was asked for', async () => {
    const { mean, variance } = moments(await trained('gaussianNoise', ones(many, 3), { stddev: 0.5 }))
    expectMean(mean, 3, 0.25)
    // The variance of a variance of normal values is 2 · variance² / count.
    expectMean(variance, 0.25, 2 * 0.25 ** 2)
  })

  it('gaussianNoise is normal: the right shares lie within one, two and three deviations', async () => {
    const values = await trained('gaussianNoise', ones(many, 0), { stddev: 1 })
    for (const [bound, share] of [
      [1, 0.6827],
      [2, 0.9545],
      [3, 0.9973],
    ] as const) {
      const within = values.filter((value) => Math.abs(value) < bound).length / count
      expectMean(within, share, share * (1 - share))
    }
  })

  it('gaussianDropout has mean 1 and the variance rate / (1 − rate)', async () => {
    const { mean, variance } = moments(await trained('gaussianDropout', ones(many), { rate: 0.2 }))
    expectMean(mean, 1, 0.25)
    expectMean(variance, 0.25, 2 * 0.25 ** 2)
  })

  it('alphaDropout keeps mean 0 and variance 1', async () => {
    const normal = await trained('gaussianNoise', ones(many, 0), { stddev: 1 })
    // Turned round, so that the noise of the dropout is not the noise that made the values.
    const input = { shape: many, data: Float32Array.from(normal.toReversed()) }
    const { mean, variance } = moments(await trained('alphaDropout', input, { rate: 0.3 }))
    expectMean(mean, 0, 1)
    // The values are no longer normal, but none is further than 4 deviations out: their fourth moment stays small.
    expectMean(variance, 1, 4)
  })

  it('spatial dropout drops whole channels', async () => {
    const image = await trained('spatialDropout2d', ones([4, 3, 3]), { rate: 0.5 })
    for (let channel = 0; channel < batchSize * 4; channel++) {
      const points = image.slice(9 * channel, 9 * channel + 9)
      expect(new Set(points).size).toBe(1)
    }
    expect(new Set(image)).toEqual(new Set([0, 2]))
    const volume = await trained('spatialDropout3d', ones([4, 2, 2, 2]), { rate: 0.75 })
    for (let channel = 0; channel < batchSize * 4; channel++) {
      expect(new Set(volume.slice(8 * channel, 8 * channel + 8)).size).toBe(1)
    }
    expect(new Set(volume)).toEqual(new Set([0, 4]))
  })

  it('spatial dropout of a sequence drops a feature at all steps', async () => {
    const sequence = await trained('spatialDropout1d', ones([5, 6]), { rate: 0.5 })
    for (const [index, value] of sequence.entries()) {
      const firstStep = 30 * Math.floor(index / 30) + (index % 6)
      expect(value).toBe(sequence[firstStep])
    }
    expect(new Set(sequence)).toEqual(new Set([0, 2]))
  })

  it('spatial dropout takes its own kind of sample only', () => {
    expect(inferred('spatialDropout1d', [[5, 6]])).toEqual([5, 6])
    expect(inferred('spatialDropout2d', [[5, 6]])).toMatchObject({ code: 'shape.rank' })
    expect(inferred('spatialDropout3d', [[2, 3, 4]])).toMatchObject({
      expected: 'expects a volume of 4 axes (channels × depth × height × width)',
    })
  })

  it('stochasticDepth keeps or skips whole samples', async () => {
    const values = await trained('stochasticDepth', ones([2, 3]), { rate: 0.5 })
    for (let sample = 0; sample < batchSize; sample++) {
      expect(new Set(values.slice(6 * sample, 6 * sample + 6)).size).toBe(1)
    }
    expect(new Set(values)).toEqual(new Set([0, 2]))
  })
})
