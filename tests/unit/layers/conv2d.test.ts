import { describe, expect, it } from 'vitest'
import { inferred, runLayer, shaped } from './run-layer.ts'

describe('conv2d', () => {
  it('has a kernel [filters, channels / groups, height, width]', () => {
    const { weights, flops, output } = shaped('conv2d', [[4, 12, 12]], {
      filters: 6,
      kernelSize: [5, 3],
      groups: 2,
    })
    expect(output).toEqual([6, 8, 10])
    expect(weights[0]).toEqual({
      name: 'kernel',
      shape: [6, 2, 5, 3],
      initializer: { kind: 'glorotUniform', fanIn: 2 * 15, fanOut: 6 * 15 },
      trainable: true,
    })
    expect(flops).toBe((2 * 2 * 15 + 1) * 6 * 8 * 10)
  })

  it.each([
    [{ kernelSize: [5, 5] }, [24, 24]],
    [{ kernelSize: [3, 5], padding: 'same' }, [28, 28]],
    [{ kernelSize: [3, 3], padding: 'same', strides: [2, 3] }, [14, 10]],
    [{ kernelSize: [3, 3], strides: [2, 2] }, [13, 13]],
    [{ kernelSize: [3, 3], dilationRate: [4, 1] }, [20, 26]],
  ])('makes of 28 × 28 with %j an image of %j', (parameters, size) => {
    expect(inferred('conv2d', [[1, 28, 28]], { filters: 2, ...parameters })).toEqual([2, ...size])
  })

  it('pads the odd row and column at the end, as TensorFlow does', async () => {
    const { data } = await runLayer('conv2d', {
      inputs: [{ shape: [1, 2, 2], data: Float32Array.of(1, 2, 3, 4) }],
      parameters: { filters: 1, kernelSize: [2, 2], padding: 'same' },
      weights: { kernel: Float32Array.of(1, 10, 100, 1000) },
      batchSize: 1,
    })
    expect([...data]).toEqual([1 + 20 + 300 + 4000, 2 + 400, 3 + 40, 4])
  })

  it('puts one row before and two after an even kernel of four', async () => {
    const { data } = await runLayer('conv2d', {
      inputs: [{ shape: [1, 3, 1], data: Float32Array.of(1, 2, 3) }],
      parameters: { filters: 1, kernelSize: [4, 1], padding: 'same' },
      weights: { kernel: Float32Array.of(1, 10, 100, 1000) },
      batchSize: 1,
    })
    expect([...data]).toEqual([10 + 200 + 3000, 1 + 20 + 300, 2 + 30])
  })

  it('refuses a kernel that is larger than the image', () => {
    expect(inferred('conv2d', [[8, 4, 9]], { kernelSize: [5, 5] })).toMatchObject({
      code: 'shape.tooSmall',
      expected: 'expects an image of at least 5 × 5 for its 5 × 5 kernel',
      remedy: 'setSamePadding',
    })
    expect(inferred('conv2d', [[8, 4, 9]], { kernelSize: [3, 3], dilationRate: [2, 2] })).toMatchObject({
      expected: 'expects an image of at least 5 × 5 for its 3 × 3 kernel with gaps',
    })
  })

  it('refuses groups that do not divide channels or filters', () => {
    expect(inferred('conv2d', [[5, 9, 9]], { filters: 4, groups: 2 })).toMatchObject({
      code: 'layer.badParameter',
      parameter: 'groups',
      expected: 'expects a number of channels that its 2 groups divide',
    })
    expect(inferred('conv2d', [[4, 9, 9]], { filters: 5, groups: 2 })).toMatchObject({
      code: 'layer.badParameter',
      parameter: 'groups',
      expected: 'expects a number of filters that its 2 groups divide',
    })
  })

  it('refuses what is no image', () => {
    expect(inferred('conv2d', [[784]])).toMatchObject({
      code: 'shape.rank',
      expected: 'expects an image of 3 axes (channels × height × width)',
    })
  })
})
