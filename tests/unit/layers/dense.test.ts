import { describe, expect, it } from 'vitest'
import { inferred, runLayer, shaped } from './run-layer.ts'

describe('dense', () => {
  it('has a kernel [inputs, units] and a bias', () => {
    const { weights, flops } = shaped('dense', [[320]], { units: 50, activation: 'relu' })
    expect(weights).toEqual([
      {
        name: 'kernel',
        shape: [320, 50],
        initializer: { kind: 'glorotUniform', fanIn: 320, fanOut: 50 },
        trainable: true,
      },
      { name: 'bias', shape: [50], initializer: { kind: 'zeros', fanIn: 50, fanOut: 50 }, trainable: true },
    ])
    // A product and a sum per kernel value, the bias, and relu.
    expect(flops).toBe(2 * 320 * 50 + 50 + 50)
  })

  it('leaves out the bias and adds penalties where asked to', () => {
    const { weights } = shaped('dense', [[4]], { units: 2, useBias: false, kernelL1: 0.1, kernelL2: 0.2 })
    expect(weights).toHaveLength(1)
    expect(weights[0]?.regularizer).toEqual({ l1: 0.1, l2: 0.2 })
  })

  it('computes activation(x · kernel + bias)', async () => {
    const { data } = await runLayer('dense', {
      inputs: [{ shape: [2], data: Float32Array.of(1, 2, -1, 0.5) }],
      parameters: { units: 3, activation: 'relu' },
      weights: { kernel: Float32Array.of(1, -1, 0, 2, 1, -3), bias: Float32Array.of(0.5, 0, 1) },
      batchSize: 2,
    })
    expect([...data]).toEqual([5.5, 1, 0, 0.5, 1.5, 0])
  })

  it('works on the last axis of anything larger, as Keras does', async () => {
    expect(inferred('dense', [[7, 5]], { units: 3 })).toEqual([7, 3])
    const { data, shape } = await runLayer('dense', {
      inputs: [{ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
      parameters: { units: 1 },
      weights: { kernel: Float32Array.of(10, 1), bias: Float32Array.of(0.5) },
      batchSize: 1,
    })
    expect(shape).toEqual([1, 2, 1])
    expect([...data]).toEqual([12.5, 34.5])
  })
})
