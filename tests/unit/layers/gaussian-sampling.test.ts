import { describe, expect, it } from 'vitest'
import { inferred, runLayer } from './run-layer.ts'

const mean = { shape: [2], data: Float32Array.of(0.5, -1, 0, 2) }
const logVariance = { shape: [2], data: Float32Array.of(0, Math.log(4), Math.log(0.25), 0) }

function run(training: boolean, parameters = {}) {
  // The first stream is u: √(−2 ln(1 − u)) is 2 where u is 1 − exp(−2).
  const noise = new Float32Array(4).fill(1 - Math.exp(-2))
  return runLayer('gaussianSampling', {
    inputs: [mean, logVariance],
    batchSize: 2,
    training,
    noise,
    parameters,
  })
}

/** −½ Σ (1 + logVariance − mean² − variance) over both values of each sample, averaged over the two. */
const divergence =
  -0.5 *
  (1 + 0 - 0.25 - 1 + (1 + Math.log(4) - 1 - 4) + (1 + Math.log(0.25) - 0 - 0.25) + (1 + 0 - 4 - 1)) *
  0.5

describe('gaussianSampling', () => {
  it('gives the mean when predicting', async () => {
    const { data } = await run(false)
    expect([...data]).toEqual([...mean.data])
  })

  it('moves it by noise times the standard deviation while training', async () => {
    const { data } = await run(true)
    const deviations = [1, 2, 0.5, 1]
    const noise = [...data].map(
      (value, index) => (value - (mean.data[index] ?? 0)) / (deviations[index] ?? 1),
    )
    // 2 · cos(2π v), v being the second stream.
    for (const value of noise) expect(Math.abs(value)).toBeLessThanOrEqual(2 + 1e-5)
    expect(new Set(noise.map((value) => value.toFixed(3))).size).toBe(4)
  })

  it('adds the divergence to the loss, in training and in evaluation, times beta', async () => {
    for (const training of [false, true]) {
      const { losses } = await run(training)
      expect(losses).toHaveLength(1)
      expect(losses[0]).toBeCloseTo(divergence, 5)
      expect((await run(training, { beta: 4 })).losses[0]).toBeCloseTo(4 * divergence, 5)
    }
  })

  it('adds nothing for a standard normal distribution', async () => {
    const zeros = { shape: [2], data: new Float32Array(4) }
    const { losses } = await runLayer('gaussianSampling', { inputs: [zeros, zeros], batchSize: 2 })
    expect(losses[0]).toBeCloseTo(0, 7)
  })

  it('refuses inputs of different shapes', () => {
    expect(inferred('gaussianSampling', [[2], [3]])).toMatchObject({ code: 'shape.mismatch' })
  })
})
