import { describe, expect, it } from 'vitest'
import { inferred, runLayer, shaped } from './run-layer.ts'

async function results(
  kind: string,
  values: readonly number[],
  parameters: Record<string, unknown> = {},
  weights?: Record<string, Float32Array>,
) {
  const { data } = await runLayer(kind, {
    inputs: [{ shape: [values.length], data: Float32Array.from(values) }],
    parameters,
    ...(weights && { weights }),
    batchSize: 1,
  })
  // Turns −0 into 0.
  return [...data].map((value) => value + 0)
}

describe('activation layers', () => {
  it('relu takes a limit, a slope and a threshold', async () => {
    expect(await results('relu', [-2, 0, 3])).toEqual([0, 0, 3])
    const all = { maxValue: 4, negativeSlope: 0.5, threshold: 2 }
    expect(await results('relu', [-2, 1, 2, 3, 5], all)).toEqual([-2, -0.5, 2, 3, 4])
  })

  it('leakyRelu, elu and thresholdedRelu take their constants', async () => {
    expect(await results('leakyRelu', [-4, 4], { negativeSlope: 0.25 })).toEqual([-1, 4])
    expect((await results('elu', [-100, 4], { alpha: 3 })).map(Math.round)).toEqual([-3, 4])
    expect(await results('thresholdedRelu', [-1, 1, 1.5])).toEqual([0, 0, 1.5])
  })

  it('prelu has as many slopes as it shares them', async () => {
    const slopes = (sharing: string) => shaped('prelu', [[3, 4, 5]], { sharing }).weights[0]?.shape
    expect([slopes('perChannel'), slopes('one'), slopes('perValue')]).toEqual([[3], [1], [3, 4, 5]])
    const alpha = Float32Array.of(0.5, 2, 1)
    expect(await results('prelu', [-1, -1, 1], {}, { alpha })).toEqual([-0.5, -2, 1])
  })

  it('softmax works along the axis it is told, and refuses one that is not there', async () => {
    expect(inferred('softmax', [[3, 4]], { axis: 1 })).toEqual([3, 4])
    expect(inferred('softmax', [[3, 4]], { axis: 2 })).toMatchObject({
      code: 'layer.badParameter',
      expected: 'expects inputs with an axis 2',
      parameter: 'axis',
    })
  })

  it('glu lets half of the channels through, as far as the other half says', async () => {
    expect(await results('glu', [3, 4, -100, 100])).toEqual([0, 4])
    expect(await results('swiGlu', [3, 4, -100, 100])).toEqual([0, 400])
    expect(await results('geGlu', [3, 4, -100, 100])).toEqual([0, 400])
    expect(inferred('glu', [[6, 5, 5]])).toEqual([3, 5, 5])
    expect(inferred('glu', [[7, 6]])).toEqual([7, 3])
    expect(inferred('swiGlu', [[3]])).toMatchObject({ code: 'shape.mismatch' })
  })

  it('maxout keeps the largest of neighbouring channels', async () => {
    expect(await results('maxout', [1, 5, 3, -2, -7, -1], { pieces: 3 })).toEqual([5, -1])
    expect(inferred('maxout', [[5]], { pieces: 2 })).toMatchObject({ parameter: 'pieces' })
  })
})
