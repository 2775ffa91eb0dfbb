import { describe, expect, it } from 'vitest'
import { inferred, runLayer, shaped } from './run-layer.ts'

const a = { shape: [3], data: Float32Array.of(1, 2, 3) }
const b = { shape: [3], data: Float32Array.of(10, 0, -10) }
const c = { shape: [3], data: Float32Array.of(1, 1, 4) }

describe('merging layers', () => {
  it.each([
    ['add', [12, 3, -3]],
    ['multiply', [10, 0, -120]],
    ['maximum', [10, 2, 4]],
    ['average', [4, 1, -1]],
  ])('%s takes any number of inputs', async (kind, expected) => {
    const { data } = await runLayer(kind, { inputs: [a, b, c], batchSize: 1 })
    for (const [index, value] of data.entries()) expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 5)
  })

  it('subtract takes the second from the first', async () => {
    const { data } = await runLayer('subtract', { inputs: [a, b], batchSize: 1 })
    expect([...data]).toEqual([-9, 2, 13])
  })

  it('repeat axes of size 1, as Keras does', async () => {
    expect(
      inferred('add', [
        [8, 5, 5],
        [8, 1, 1],
      ]),
    ).toEqual([8, 5, 5])
    expect(
      inferred('multiply', [
        [1, 5],
        [4, 1],
      ]),
    ).toEqual([4, 5])
    const { data } = await runLayer('multiply', {
      inputs: [
        { shape: [2, 1, 2], data: Float32Array.of(1, 2, 3, 4) },
        { shape: [2, 1, 1], data: Float32Array.of(10, 100) },
      ],
      batchSize: 1,
    })
    expect([...data]).toEqual([10, 20, 300, 400])
  })

  it('refuse shapes that do not fit', () => {
    for (const kind of ['add', 'subtract', 'multiply', 'average', 'maximum']) {
      expect(inferred(kind, [[3], [4]])).toMatchObject({ code: 'shape.mismatch' })
      expect(inferred(kind, [[3], [1, 3]])).toMatchObject({ code: 'shape.mismatch' })
    }
  })

  it('count one operation per value and further input', () => {
    expect(shaped('add', [[5], [5], [5]]).flops).toBe(10)
    expect(shaped('average', [[5], [5]]).flops).toBe(10)
  })
})

describe('concatenate', () => {
  it('joins channels by default, in order', async () => {
    expect(
      inferred('concatenate', [
        [8, 5, 5],
        [16, 5, 5],
      ]),
    ).toEqual([24, 5, 5])
    const { data } = await runLayer('concatenate', {
      inputs: [a, { shape: [1], data: Float32Array.of(7) }],
      batchSize: 1,
    })
    expect([...data]).toEqual([1, 2, 3, 7])
  })

  it('joins the axis it is told, from either end', async () => {
    expect(
      inferred(
        'concatenate',
        [
          [2, 3, 4],
          [2, 3, 5],
        ],
        { axis: 2 },
      ),
    ).toEqual([2, 3, 9])
    expect(
      inferred(
        'concatenate',
        [
          [2, 3, 4],
          [2, 6, 4],
        ],
        { axis: -2 },
      ),
    ).toEqual([2, 9, 4])
    const { data } = await runLayer('concatenate', {
      inputs: [
        { shape: [2, 1], data: Float32Array.of(1, 2) },
        { shape: [2, 2], data: Float32Array.of(3, 4, 5, 6) },
      ],
      parameters: { axis: -1 },
      batchSize: 1,
    })
    expect([...data]).toEqual([1, 3, 4, 2, 5, 6])
  })

  it('refuses other differences, other ranks and axes that are not there', () => {
    expect(
      inferred('concatenate', [
        [8, 5, 5],
        [16, 5, 6],
      ]),
    ).toMatchObject({
      code: 'shape.mismatch',
      expected: 'expects inputs that differ on axis 0 only',
    })
    expect(inferred('concatenate', [[8], [8, 1]])).toMatchObject({ code: 'shape.mismatch' })
    expect(inferred('concatenate', [[8], [8]], { axis: 1 })).toMatchObject({
      code: 'layer.badParameter',
      parameter: 'axis',
      expected: 'expects inputs with an axis 1',
    })
    expect(inferred('concatenate', [[8], [8]], { axis: -2 })).toMatchObject({ code: 'layer.badParameter' })
  })
})
