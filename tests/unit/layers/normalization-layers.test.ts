import { describe, expect, it } from 'vitest'
import { inferred, runLayer, shaped } from './run-layer.ts'

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 5)
}

async function normalised(
  kind: string,
  shape: readonly number[],
  values: readonly number[],
  parameters: Record<string, unknown> = {},
) {
  const inputs = [{ shape, data: Float32Array.from(values) }]
  return (await runLayer(kind, { inputs, parameters, batchSize: 1 })).data
}

describe('normalization layers', () => {
  it('groupNormalization brings each group of channels to mean 0 and variance 1', async () => {
    const exact = { groups: 2, epsilon: 1e-12 }
    // Two channels of one point each make a group.
    expectClose(await normalised('groupNormalization', [4, 1, 1], [1, 3, -10, 10], exact), [-1, 1, -1, 1])
    // Of a sequence, all steps of a group of features.
    const sequence = await normalised('groupNormalization', [2, 4], [1, 1, 5, 7, 3, 3, 7, 5], exact)
    expectClose(sequence, [-1, -1, -1, 1, 1, 1, 1, -1])
    expect(inferred('groupNormalization', [[6, 4, 4]], { groups: 4 })).toMatchObject({
      code: 'layer.badParameter',
      expected: 'expects a number of channels that its 4 groups divide',
    })
  })

  it('instanceNormalization takes the contrast out of each channel', async () => {
    const image = await normalised('instanceNormalization', [2, 1, 2], [0, 2, 500, 700], { epsilon: 1e-9 })
    expectClose(image, [-1, 1, -1, 1])
    expect(inferred('instanceNormalization', [[5]])).toMatchObject({ code: 'shape.rank' })
  })

  it('rmsNormalization divides by the root mean square', async () => {
    expectClose(await normalised('rmsNormalization', [4], [1, 7, 5, 5], { epsilon: 1e-12 }), [0.2, 1.4, 1, 1])
    expect(shaped('rmsNormalization', [[3, 4, 5]]).weights).toMatchObject([{ name: 'scale', shape: [3] }])
    expect(shaped('rmsNormalization', [[3]], { scale: false }).weights).toEqual([])
  })

  it('unitNormalization leaves the direction, and zeros as they are', async () => {
    expectClose(await normalised('unitNormalization', [2, 2], [3, 4, 0, 0]), [0.6, 0.8, 0, 0])
    expectClose(await normalised('unitNormalization', [2, 2], [3, 5, 4, 12], { axis: 0 }), [
      0.6,
      5 / 13,
      0.8,
      12 / 13,
    ])
  })

  it('localResponseNormalization divides by what the neighbours have', async () => {
    const parameters = { size: 3, alpha: 3, beta: 1, bias: 1 }
    // 1 + the squares of the channel and those beside it.
    expectClose(await normalised('localResponseNormalization', [4, 1, 1], [1, 2, 0, 3], parameters), [
      1 / 6,
      2 / 6,
      0,
      3 / 10,
    ])
  })
})

describe('spectral layers', () => {
  const kernel = Float32Array.of(3, 0, 0, 1)
  const bias = new Float32Array(2)
  const inputs = [{ shape: [2, 2], data: Float32Array.of(1, 0, 0, 1) }]

  it('find the largest singular value step by step, and divide by it', async () => {
    let vectorU = Float32Array.of(0.6, 0.8)
    for (let step = 0; step < 12; step++) {
      const weights = { kernel, bias, vectorU }
      const { updates } = await runLayer('spectralDense', {
        inputs,
        parameters: { units: 2 },
        weights,
        batchSize: 1,
        training: true,
      })
      expect(Object.keys(updates)).toEqual(['vectorU'])
      vectorU = Float32Array.from(updates.vectorU ?? [])
    }
    expectClose(vectorU, [1, 0])
    const predicting = await runLayer('spectralDense', {
      inputs,
      parameters: { units: 2 },
      weights: { kernel, bias, vectorU },
      batchSize: 1,
    })
    expect(predicting.updates).toEqual({})
    expectClose(predicting.data, [1, 0, 0, 1 / 3])
  })

  it('leave a kernel of zeros, and the estimate beside it, as they are', async () => {
    const { data, updates } = await runLayer('spectralConv2d', {
      inputs: [{ shape: [1, 3, 3], data: new Float32Array(9).fill(1) }],
      parameters: { filters: 2 },
      weights: { kernel: new Float32Array(18), bias, vectorU: Float32Array.of(0.6, 0.8) },
      batchSize: 1,
      training: true,
    })
    expectClose(data, [0, 0])
    expectClose(updates.vectorU ?? [], [0.6, 0.8])
  })
})
