import { describe, expect, it } from 'vitest'
import { inferred, runLayer, shaped } from './run-layer.ts'

/** 3 × 3: 1 to 9, row by row. */
const nine = { shape: [1, 3, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) }

describe('maxPooling2d and averagePooling2d', () => {
  it('halve an image by default and drop what is left over', () => {
    for (const kind of ['maxPooling2d', 'averagePooling2d']) {
      expect(inferred(kind, [[10, 25, 24]])).toEqual([10, 12, 12])
      expect(inferred(kind, [[10, 25, 24]], { padding: 'same' })).toEqual([10, 13, 12])
      expect(shaped(kind, [[10, 24, 24]]).flops).toBe(10 * 12 * 12 * 4)
    }
  })

  it('take the largest or the mean of each window', async () => {
    const run = { inputs: [nine], parameters: { poolSize: [2, 2], strides: [1, 1] }, batchSize: 1 }
    expect([...(await runLayer('maxPooling2d', run)).data]).toEqual([5, 6, 8, 9])
    expect([...(await runLayer('averagePooling2d', run)).data]).toEqual([3, 4, 6, 7])
  })

  it('do not count padding', async () => {
    const negative = { ...nine, data: nine.data.map((value) => -value) }
    const run = { inputs: [negative], parameters: { padding: 'same' }, batchSize: 1 }
    expect([...(await runLayer('maxPooling2d', run)).data]).toEqual([-1, -3, -7, -9])
    expect([...(await runLayer('averagePooling2d', run)).data]).toEqual([-3, -4.5, -7.5, -9])
  })

  it('refuse a window that is larger than the image', () => {
    expect(inferred('maxPooling2d', [[20, 1, 1]])).toMatchObject({
      code: 'shape.tooSmall',
      expected: 'expects an image of at least 2 × 2 for its 2 × 2 pooling window',
      remedy: 'setSamePadding',
    })
  })
})

describe('globalAveragePooling2d and globalMaxPooling2d', () => {
  it('leave one number per channel', async () => {
    const image = { shape: [2, 1, 3], data: Float32Array.of(1, 2, 6, -1, -5, -9) }
    const run = { inputs: [image], batchSize: 1 }
    const average = await runLayer('globalAveragePooling2d', run)
    expect(average.shape).toEqual([1, 2])
    expect([...average.data]).toEqual([3, -5])
    expect([...(await runLayer('globalMaxPooling2d', run)).data]).toEqual([6, -1])
  })

  it('refuse what is no image', () => {
    expect(inferred('globalAveragePooling2d', [[20]])).toMatchObject({ code: 'shape.rank' })
    expect(inferred('globalMaxPooling2d', [[20, 3]])).toMatchObject({ code: 'shape.rank' })
  })
})
