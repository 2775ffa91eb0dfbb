import { describe, expect, it } from 'vitest'
import { inferred, runLayer } from './run-layer.ts'

const list = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) })

async function computed(
  kind: string,
  input: ReturnType<typeof list>,
  parameters: Record<string, unknown> = {},
) {
  const { data } = await runLayer(kind, { inputs: [input], parameters, batchSize: 1 })
  // Turns −0 into 0.
  return [...data].map((value) => value + 0)
}

const rows = { shape: [2, 3], data: Float32Array.of(1, 5, 3, -4, 0, 4) }

describe('layers of mathematics', () => {
  it.each([
    ['multiplyBy', { factor: -3 }, [2, -1], [-6, 3]],
    ['addConstant', { constant: 0.5 }, [2, -1], [2.5, -0.5]],
    ['clip', { minimum: -1, maximum: 2 }, [-3, 0, 5], [-1, 0, 2]],
    ['power', { exponent: 3 }, [2, -2], [8, -8]],
    ['power', { exponent: 0.5, smallest: 4 }, [9, -2], [3, 2]],
    ['squareRoot', { smallest: 4 }, [9, -2], [3, 2]],
    ['absolute', {}, [-3, 3], [3, 3]],
    ['exponential', {}, [0], [1]],
    ['logarithm', {}, [1], [0]],
    ['negate', {}, [-3, 3], [3, -3]],
    ['reciprocal', {}, [4, 0, -0.5], [0.25, 0, -2]],
    ['sine', {}, [0], [0]],
    ['cosine', {}, [0], [1]],
    ['round', {}, [0.5, 1.5, -0.4, 2.7], [0, 2, 0, 3]],
  ])('%s %j', async (kind, parameters, values, expected) => {
    expect(await computed(kind, list(...values), parameters)).toEqual(expected)
  })

  it.each([
    ['reduceSum', [9, 0]],
    ['reduceMean', [3, 0]],
    ['reduceMaximum', [5, 4]],
    ['reduceMinimum', [1, -4]],
    ['argMax', [1, 2]],
  ])('%s folds an axis', async (kind, expected) => {
    expect(await computed(kind, rows)).toEqual(expected)
    expect(inferred(kind, [[2, 3]])).toEqual([2])
    expect(inferred(kind, [[2, 3]], { axis: 0 })).toEqual([3])
    expect(inferred(kind, [[2, 3]], { axis: 0, keepDimensions: true })).toEqual([1, 3])
    expect(inferred(kind, [[3]])).toEqual([1])
    expect(inferred(kind, [[2, 3]], { axis: 2 })).toMatchObject({ parameter: 'axis' })
  })

  it('cumulativeSum adds up along an axis, from either end', async () => {
    expect(await computed('cumulativeSum', rows)).toEqual([1, 5, 3, -3, 5, 7])
    expect(await computed('cumulativeSum', rows, { axis: -1 })).toEqual([1, 6, 9, -4, -4, 0])
    const fromEnd = { axis: 1, reverse: true, exclusive: true }
    expect(await computed('cumulativeSum', rows, fromEnd)).toEqual([8, 3, 0, 4, 4, 0])
  })

  it('l2Distance measures how far apart two inputs are', async () => {
    const inputs = [list(1, 2), list(4, 6)]
    expect([...(await runLayer('l2Distance', { inputs, batchSize: 1 })).data]).toEqual([5])
    expect(inferred('l2Distance', [[3], [4]])).toMatchObject({ code: 'shape.mismatch' })
  })

  it('clip refuses bounds that are the wrong way round', () => {
    expect(inferred('clip', [[3]], { minimum: 2 })).toMatchObject({
      code: 'layer.badParameter',
      ownFault: true,
    })
  })
})
