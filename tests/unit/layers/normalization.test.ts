import { describe, expect, it } from 'vitest'
import { runLayer, shaped, someValues } from './run-layer.ts'

const epsilon = 0.001

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Population variance, in doubles. */
function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return meanOf(values.map((value) => (value - mean) ** 2))
}

function expectClose(actual: Float32Array, expected: readonly number[], tolerance = 1e-5): void {
  expect(actual).toHaveLength(expected.length)
  for (const [index, value] of actual.entries()) {
    expect(Math.abs(value - (expected[index] ?? Number.NaN)), `element ${index}`).toBeLessThan(tolerance)
  }
}

describe('batchNormalization', () => {
  it('has gamma, beta and moving statistics per channel', () => {
    const { weights } = shaped('batchNormalization', [[8, 5, 5]])
    expect(weights.map(({ name, shape, trainable }) => [name, shape, trainable])).toEqual([
      ['gamma', [8], true],
      ['beta', [8], true],
      ['movingMean', [8], false],
      ['movingVariance', [8], false],
    ])
    expect(shaped('batchNormalization', [[8]], { scale: false, center: false }).weights).toHaveLength(2)
    expect(shaped('batchNormalization', [[7, 3]]).weights[0]?.shape).toEqual([3])
  })

  it.each([
    ['an image', [3, 2, 2], (index: number) => Math.floor(index / 4) % 3],
    ['a list', [3], (index: number) => index % 3],
    ['a sequence', [4, 3], (index: number) => index % 3],
  ])('normalises %s by the statistics of the batch while training', async (_, shape, channelOf) => {
    const count = 5 * shape.reduce((product, size) => product * size, 1)
    const data = someValues(count).map((value, index) => 3 * value + channelOf(index))
    const gamma = Float32Array.of(1, 2, 0.5)
    const beta = Float32Array.of(0, -1, 4)
    const result = await runLayer('batchNormalization', {
      inputs: [{ shape, data }],
      parameters: { momentum: 0.9 },
      weights: {
        gamma,
        beta,
        movingMean: Float32Array.of(1, 1, 1),
        movingVariance: Float32Array.of(2, 2, 2),
      },
      batchSize: 5,
      training: true,
    })
    const channels = [0, 1, 2].map((channel) =>
      [...data].filter((_value, index) => channelOf(index) === channel),
    )
    const means = channels.map(meanOf)
    const variances = channels.map(varianceOf)
    const at = (values: ArrayLike<number>, index: number) => values[channelOf(index)] ?? Number.NaN
    expectClose(
      result.data,
      [...data].map(
        (value, index) =>
          (at(gamma, index) * (value - at(means, index))) / Math.sqrt(at(variances, index) + epsilon) +
          at(beta, index),
      ),
    )
    expectClose(
      result.updates.movingMean ?? new Float32Array(),
      means.map((mean) => 0.9 + 0.1 * mean),
    )
    expectClose(
      result.updates.movingVariance ?? new Float32Array(),
      variances.map((variance) => 0.9 * 2 + 0.1 * variance),
    )
  })

  it('predicts with the moving statistics and leaves them alone', async () => {
    const result = await runLayer('batchNormalization', {
      inputs: [{ shape: [2, 1, 1], data: Float32Array.of(3, 10) }],
      parameters: { epsilon: 1e-7 },
      weights: { movingMean: Float32Array.of(1, 4), movingVariance: Float32Array.of(4, 9) },
      batchSize: 1,
    })
    expectClose(result.data, [1, 2])
    expect(result.updates).toEqual({})
  })

  it('stays exact for columns whose mean is large beside their deviation', async () => {
    const data = Float32Array.from({ length: 64 }, (_, index) => 50_000 + (index % 2))
    const { updates } = await runLayer('batchNormalization', {
      inputs: [{ shape: [1], data }],
      parameters: { momentum: 0 },
      batchSize: 64,
      training: true,
    })
    expectClose(updates.movingVariance ?? new Float32Array(), [0.25])
  })

  it('takes statistics of the steps that count only', async () => {
    const run = { parameters: { momentum: 0 }, batchSize: 2, training: true }
    const { data, updates } = await runLayer('batchNormalization', {
      ...run,
      inputs: [{ shape: [2, 1], data: Float32Array.of(1, 1000, 3, 5) }],
      masks: [Float32Array.of(1, 0, 1, 1)],
    })
    expectClose(updates.movingMean ?? new Float32Array(), [3])
    expectClose(updates.movingVariance ?? new Float32Array(), [8 / 3])
    const counted = await runLayer('batchNormalization', {
      ...run,
      inputs: [{ shape: [3, 1], data: Float32Array.of(1, 3, 5) }],
      batchSize: 1,
    })
    expectClose(
      data.filter((_, index) => index !== 1),
      [...counted.data],
    )
  })

  it('keeps a constant channel finite', async () => {
    const { data } = await runLayer('batchNormalization', {
      inputs: [{ shape: [1, 3, 3], data: new Float32Array(18).fill(0.1) }],
      batchSize: 2,
      training: true,
    })
    expectClose(data, new Array<number>(18).fill(0), 1e-4)
  })
})

describe('layerNormalization', () => {
  it('normalises the last axis of a sequence, sample by sample', async () => {
    const data = someValues(2 * 3 * 4)
    const gamma = Float32Array.of(1, 2, 3, 4)
    const beta = Float32Array.of(0, 0, 1, 1)
    const result = await runLayer('layerNormalization', {
      inputs: [{ shape: [3, 4], data }],
      weights: { gamma, beta },
      batchSize: 2,
    })
    const expected = [...data].map((value, index) => {
      const row = [...data.slice(index - (index % 4), index - (index % 4) + 4)]
      const normal = (value - meanOf(row)) / Math.sqrt(varianceOf(row) + epsilon)
      return normal * (gamma[index % 4] ?? 0) + (beta[index % 4] ?? 0)
    })
    expectClose(result.data, expected)
  })

  it('normalises the channels of an image, point by point', async () => {
    const { data } = await runLayer('layerNormalization', {
      inputs: [{ shape: [2, 1, 2], data: Float32Array.of(1, 10, 3, 30) }],
      weights: { gamma: Float32Array.of(1, 2), beta: Float32Array.of(0, 5) },
      parameters: { epsilon: 1e-9 },
      batchSize: 1,
    })
    expectClose(data, [-1, -1, 7, 7])
  })
})
