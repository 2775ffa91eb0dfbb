import { describe, expect, it } from 'vitest'
import { inferred, runLayer } from './run-layer.ts'

const image = { shape: [2, 1, 2], data: Float32Array.of(1, 2, 3, 4) }

describe('flatten', () => {
  it('makes one list of all values, channels first', async () => {
    expect(inferred('flatten', [[20, 4, 4]])).toEqual([320])
    const { data } = await runLayer('flatten', { inputs: [image], batchSize: 1 })
    expect([...data]).toEqual([1, 2, 3, 4])
  })
})

describe('reshape', () => {
  it('arranges values on other axes, with one size left open', () => {
    expect(inferred('reshape', [[784]], { targetShape: [1, 28, 28] })).toEqual([1, 28, 28])
    expect(inferred('reshape', [[784]], { targetShape: [4, -1] })).toEqual([4, 196])
    expect(inferred('reshape', [[2, 3]], { targetShape: [-1] })).toEqual([6])
  })

  it('refuses another number of values', () => {
    expect(inferred('reshape', [[784]], { targetShape: [1, 30, 30] })).toMatchObject({
      code: 'shape.mismatch',
      expected: 'expects 900 values for its target shape 1 × 30 × 30',
    })
    expect(inferred('reshape', [[784]], { targetShape: [5, -1] })).toMatchObject({
      code: 'shape.mismatch',
      expected: 'expects a multiple of 5 values for its target shape 5 × -1',
    })
    expect(inferred('reshape', [[784]], { targetShape: [-1, -1] })).toMatchObject({
      code: 'layer.badParameter',
      parameter: 'targetShape',
      expected: 'expects at most one −1 in its target shape',
    })
  })
})

describe('zeroPadding2d', () => {
  it('puts rows above and below, columns left and right', async () => {
    const parameters = { vertical: [1, 0], horizontal: [0, 2] }
    expect(inferred('zeroPadding2d', [[2, 1, 2]], parameters)).toEqual([2, 2, 4])
    const { data } = await runLayer('zeroPadding2d', { inputs: [image], parameters, batchSize: 1 })
    expect([...data]).toEqual([0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0])
  })
})

describe('cropping2d', () => {
  const wide = { shape: [1, 2, 4], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) }

  it('cuts rows off above and below, columns left and right', async () => {
    const parameters = { vertical: [1, 0], horizontal: [0, 2] }
    expect(inferred('cropping2d', [[1, 2, 4]], parameters)).toEqual([1, 1, 2])
    const { data } = await runLayer('cropping2d', { inputs: [wide], parameters, batchSize: 1 })
    expect([...data]).toEqual([5, 6])
  })

  it('refuses to cut everything off', () => {
    expect(inferred('cropping2d', [[1, 2, 4]], { vertical: [1, 1], horizontal: [0, 0] })).toMatchObject({
      code: 'shape.tooSmall',
      expected: 'expects an image of at least 3 × 1 to cut its border off',
    })
  })
})

describe('upSampling2d', () => {
  it('repeats points', async () => {
    const { data, shape } = await runLayer('upSampling2d', {
      inputs: [image],
      parameters: { size: [2, 3] },
      batchSize: 1,
    })
    expect(shape).toEqual([1, 2, 2, 6])
    expect([...data.slice(0, 12)]).toEqual([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2])
  })

  it('blends neighbours between pixel centres, as tf.image.resize does', async () => {
    const { data } = await runLayer('upSampling2d', {
      inputs: [{ shape: [1, 1, 2], data: Float32Array.of(0, 4) }],
      parameters: { size: [1, 4], interpolation: 'bilinear' },
      batchSize: 1,
    })
    expect([...data]).toEqual([0, 0, 0.5, 1.5, 2.5, 3.5, 4, 4])
  })
})
