import { describe, expect, it } from 'vitest'
import { inferred, runLayer, shaped } from './run-layer.ts'

const list = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) })
const matrix = (rows: number, ...values: number[]) => ({
  shape: [rows, values.length / rows],
  data: Float32Array.from(values),
})

async function merged(
  kind: string,
  inputs: readonly ReturnType<typeof list>[],
  parameters: Record<string, unknown> = {},
  weights: Record<string, Float32Array> = {},
) {
  return [...(await runLayer(kind, { inputs, parameters, weights, batchSize: 1 })).data]
}

describe('merging layers', () => {
  it('minimum takes the smallest', async () => {
    expect(await merged('minimum', [list(1, 2), list(3, -4), list(0, 0)])).toEqual([0, -4])
  })

  it('divide gives 0 where it would divide by 0', async () => {
    expect(await merged('divide', [list(6, 1, 0), list(-3, 0, 0)])).toEqual([-2, 0, 0])
  })

  it('dot multiplies and adds up', async () => {
    expect(await merged('dot', [list(1, 2, 3), list(4, 5, 6)])).toEqual([32])
    expect(inferred('dot', [[5, 6], [6]])).toEqual([5])
    expect(
      inferred('dot', [
        [5, 6],
        [4, 6],
      ]),
    ).toEqual([5, 4])
    const [cosine] = await merged('dot', [list(3, 4), list(4, 3)], { normalize: true })
    expect(cosine).toBeCloseTo(0.96, 6)
    expect(await merged('dot', [list(0, 0), list(4, 3)], { normalize: true })).toEqual([0])
  })

  it('dot says which axes do not fit', () => {
    expect(
      inferred('dot', [
        [5, 6],
        [4, 5],
      ]),
    ).toMatchObject({
      code: 'shape.mismatch',
      expected: 'expects axis -1 of the first input to be as long as axis -1 of the second',
    })
    expect(inferred('dot', [[5], [5]], { axes: [0, 1] })).toMatchObject({ parameter: 'axes' })
  })

  it('matrixMultiply multiplies matrices, transposed on request', async () => {
    const first = matrix(2, 1, 2, 3, 4)
    const second = matrix(2, 0, 1, 1, 0)
    expect(await merged('matrixMultiply', [first, second])).toEqual([2, 1, 4, 3])
    expect(await merged('matrixMultiply', [first, second], { transposeFirst: true })).toEqual([3, 1, 4, 2])
    expect(
      inferred(
        'matrixMultiply',
        [
          [5, 6],
          [4, 6],
        ],
        { transposeSecond: true },
      ),
    ).toEqual([5, 4])
    expect(
      inferred('matrixMultiply', [
        [5, 6],
        [4, 6],
      ]),
    ).toMatchObject({ code: 'shape.mismatch' })
    expect(inferred('matrixMultiply', [[6], [6]])).toMatchObject({ code: 'shape.rank' })
  })

  it('stack makes an axis of its inputs', async () => {
    const inputs = [list(1, 2), list(3, 4), list(5, 6)]
    expect(await merged('stack', inputs)).toEqual([1, 2, 3, 4, 5, 6])
    expect(await merged('stack', inputs, { axis: -1 })).toEqual([1, 3, 5, 2, 4, 6])
    expect(
      inferred(
        'stack',
        [
          [4, 5],
          [4, 5],
        ],
        { axis: 1 },
      ),
    ).toEqual([4, 2, 5])
    expect(inferred('stack', [[4], [5]])).toMatchObject({ code: 'shape.mismatch' })
    expect(inferred('stack', [[4], [4]], { axis: 2 })).toMatchObject({ parameter: 'axis' })
  })

  it('weightedAdd learns a number per input, or shares, or takes fixed factors', async () => {
    const inputs = [list(1, 2), list(10, 20)]
    expect(shaped('weightedAdd', [[2], [2], [2]]).weights).toMatchObject([{ name: 'kernel', shape: [3] }])
    expect(await merged('weightedAdd', inputs)).toEqual([11, 22])
    expect(await merged('weightedAdd', inputs, { weighting: 'shares' })).toEqual([5.5, 11])
    const fixed = { weighting: 'fixed', factors: '2, -0.5' }
    expect(await merged('weightedAdd', inputs, fixed)).toEqual([-3, -6])
    for (const factors of ['2', '1, 2, 3', '1, two', ',', '1,,2']) {
      expect(inferred('weightedAdd', [[2], [2]], { ...fixed, factors })).toMatchObject({
        code: 'layer.badParameter',
        expected: 'expects 2 numbers as factors, one for each input',
      })
    }
  })
})
