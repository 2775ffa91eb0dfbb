import { describe, expect, it } from 'vitest'
import { activationKinds } from '../../../src-core/layers/support/activations.ts'
import { runLayer, shaped } from './run-layer.ts'

const points = [-30, -3, -1, -0.5, -1e-3, 0, 1e-3, 0.5, 1, 3, 30]

// Abramowitz and Stegun 7.1.5, summed until nothing changes; exact enough for |x| ≤ 3.
function erf(x: number): number {
  let sum = 0
  let term = x
  for (let n = 0; n < 200; n++) {
    sum += term / (2 * n + 1)
    term *= (-x * x) / (n + 1)
  }
  return Math.abs(x) > 4 ? Math.sign(x) : (2 / Math.sqrt(Math.PI)) * sum
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

const formulas: Readonly<Record<string, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  leakyRelu: (x) => (x < 0 ? 0.2 * x : x),
  elu: (x) => (x < 0 ? Math.expm1(x) : x),
  selu: (x) => 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * Math.expm1(x) : x),
  gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
  silu: (x) => x * sigmoid(x),
  sigmoid,
  tanh: Math.tanh,
  softplus: (x) => Math.log1p(Math.exp(x)),
  relu6: (x) => Math.min(6, Math.max(0, x)),
  celu: (x) => (x < 0 ? Math.expm1(x) : x),
  mish: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
  hardSigmoid: (x) => Math.min(6, Math.max(0, x + 3)) / 6,
  hardSilu: (x) => (x * Math.min(6, Math.max(0, x + 3))) / 6,
  hardTanh: (x) => Math.min(1, Math.max(-1, x)),
  softsign: (x) => x / (1 + Math.abs(x)),
  exponential: Math.exp,
  logSigmoid: (x) => -Math.log1p(Math.exp(-x)),
  tanhShrink: (x) => x - Math.tanh(x),
  softShrink: (x) => Math.sign(x) * Math.max(0, Math.abs(x) - 0.5),
  hardShrink: (x) => (Math.abs(x) > 0.5 ? x : 0),
  squareplus: (x) => (x + Math.sqrt(x * x + 4)) / 2,
  sparsePlus: (x) => (x <= -1 ? 0 : x < 1 ? (x + 1) ** 2 / 4 : x),
  sparseSigmoid: (x) => (x <= -1 ? 0 : x < 1 ? (x + 1) / 2 : 1),
}

describe('activation', () => {
  it.each(Object.keys(formulas))('computes %s as Keras does', async (activation) => {
    const { data } = await runLayer('activation', {
      inputs: [{ shape: [points.length], data: Float32Array.from(points) }],
      parameters: { activation },
      batchSize: 1,
    })
    for (const [index, x] of points.entries()) {
      const expected = formulas[activation]?.(x) ?? Number.NaN
      expect(Math.abs((data[index] ?? Number.NaN) - expected)).toBeLessThan(
        1e-5 * Math.max(1, Math.abs(expected)),
      )
    }
  })

  it('has a test for every function', () => {
    expect([...Object.keys(formulas), 'softmax', 'logSoftmax', 'sparsemax'].sort()).toEqual(
      [...activationKinds].sort(),
    )
  })

  it('takes the slope of leakyRelu', async () => {
    const { data } = await runLayer('activation', {
      inputs: [{ shape: [2], data: Float32Array.of(-10, 10) }],
      parameters: { activation: 'leakyRelu', negativeSlope: 0.5 },
      batchSize: 1,
    })
    expect([...data]).toEqual([-5, 10])
  })

  it.each([
    ['the values of a list', [3], [0, 1, 2], [3, 4, 5]],
    ['the last axis of a sequence', [2, 3], [0, 1, 2], [3, 4, 5]],
    ['the channels of an image', [3, 1, 2], [0, 2, 4], [1, 3, 5]],
  ])('makes probabilities of %s', async (_, shape, ...groups) => {
    const batchSize = shape.length === 1 ? 2 : 1
    const data = Float32Array.of(1, 2, 3, -1000, 1000, 1000)
    const run = { inputs: [{ shape, data }], batchSize }
    const softmax = await runLayer('activation', { ...run, parameters: { activation: 'softmax' } })
    const logSoftmax = await runLayer('activation', { ...run, parameters: { activation: 'logSoftmax' } })
    for (const group of groups) {
      const values = group.map((index) => softmax.data[index] ?? Number.NaN)
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
      for (const index of group) {
        const log = logSoftmax.data[index] ?? Number.NaN
        expect(Math.exp(log)).toBeCloseTo(softmax.data[index] ?? Number.NaN, 5)
      }
    }
  })

  it.each([
    ['nearest probabilities', [0.5, 0.1, 0.2, 0.9], [0.3, 0, 0, 0.7]],
    ['one class far ahead', [3, -1, 0, 1], [1, 0, 0, 0]],
    ['equal values', [5, 5, 5, 5], [0.25, 0.25, 0.25, 0.25]],
    ['large values', [1000, 1000.5, -1000, 0], [0.25, 0.75, 0, 0]],
  ])('makes sparse probabilities by sparsemax: %s', async (_, values, expected) => {
    const { data } = await runLayer('activation', {
      inputs: [{ shape: [4], data: Float32Array.from(values) }],
      parameters: { activation: 'sparsemax' },
      batchSize: 1,
    })
    for (const [index, value] of data.entries()) expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 5)
  })

  it('counts one operation per value, three for softmax, none for linear', () => {
    const flops = (activation: string) => shaped('activation', [[10]], { activation }).flops
    expect([flops('linear'), flops('tanh'), flops('softmax')]).toEqual([0, 10, 30])
  })
})
