import { describe, expect, it } from 'vitest'
import { inferred, runLayer, shaped } from './run-layer.ts'

/** Four steps of one feature. */
const steps = { shape: [4, 1], data: Float32Array.of(1, 2, 3, 4) }

describe('conv1d', () => {
  it('has a kernel [filters, channels / groups, steps] on [steps, features]', () => {
    const { weights, flops, output } = shaped('conv1d', [[12, 4]], { filters: 6, kernelSize: 5, groups: 2 })
    expect(output).toEqual([8, 6])
    expect(weights[0]).toMatchObject({ shape: [6, 2, 5], initializer: { fanIn: 2 * 5, fanOut: 6 * 5 } })
    expect(flops).toBe((2 * 2 * 5 + 1) * 6 * 8)
  })

  it.each([
    ['valid', [12, 23, 34]],
    ['same', [12, 23, 34, 40]],
    ['causal', [1, 12, 23, 34]],
  ])('pads %s', async (padding, expected) => {
    const { data } = await runLayer('conv1d', {
      inputs: [steps],
      parameters: { filters: 1, kernelSize: 2, padding, useBias: false },
      weights: { kernel: Float32Array.of(10, 1) },
      batchSize: 1,
    })
    expect([...data]).toEqual(expected)
  })

  it('sees only the past when it is causal, through the gaps of a dilation', async () => {
    const { data } = await runLayer('conv1d', {
      inputs: [steps],
      parameters: { filters: 1, kernelSize: 2, padding: 'causal', dilationRate: 2 },
      weights: { kernel: Float32Array.of(100, 1) },
      batchSize: 1,
    })
    expect([...data]).toEqual([1, 2, 103, 204])
  })

  it('keeps a padding mask where steps stay steps', () => {
    const rule = (given: Record<string, unknown>) => {
      const { definition, parameters, output } = shaped('conv1d', [[12, 4]], given)
      return definition.maskRule?.({ parameters, inputs: [[12, 4]], output })
    }
    expect(rule({ padding: 'causal' })).toBe('passes')
    expect(rule({ padding: 'same' })).toBe('passes')
    expect(rule({ padding: 'valid' })).toBe('ignores')
    expect(rule({ padding: 'same', strides: 2 })).toBe('ignores')
  })

  it('refuses what is no sequence, and sequences that are too short', () => {
    expect(inferred('conv1d', [[784]])).toMatchObject({
      code: 'shape.rank',
      expected: 'expects a sequence of 2 axes (steps × features)',
    })
    expect(inferred('conv1d', [[4, 3]], { kernelSize: 3, dilationRate: 2 })).toMatchObject({
      code: 'shape.tooSmall',
      expected: 'expects a sequence of at least 5 steps for its kernel of 3 with gaps',
      remedy: 'setSamePadding',
    })
  })
})

describe('conv3d', () => {
  it('has a kernel [filters, channels, depth, height, width]', () => {
    const { weights, output } = shaped('conv3d', [[2, 5, 9, 8]], { filters: 6, kernelSize: [1, 2, 3] })
    expect(output).toEqual([6, 5, 8, 6])
    expect(weights[0]?.shape).toEqual([6, 2, 1, 2, 3])
  })
})

describe('conv1dTranspose', () => {
  it('spreads every step over the steps that its kernel reaches', async () => {
    const run = {
      inputs: [{ shape: [2, 1], data: Float32Array.of(1, 2) }],
      parameters: { filters: 1, kernelSize: 3, strides: 2 },
      weights: { kernel: Float32Array.of(1, 10, 100) },
      batchSize: 1,
    }
    expect([...(await runLayer('conv1dTranspose', run)).data]).toEqual([1, 10, 102, 20, 200])
    const same = { ...run, parameters: { ...run.parameters, padding: 'same' } }
    expect([...(await runLayer('conv1dTranspose', same)).data]).toEqual([1, 10, 102, 20])
  })

  it.each([
    [{ kernelSize: 3, strides: 2 }, 21],
    [{ kernelSize: 2, strides: 4 }, 40],
    [{ kernelSize: 3, strides: 2, padding: 'same' }, 20],
    [{ kernelSize: 3, strides: 2, padding: 'same', outputPadding: 0 }, 19],
    [{ kernelSize: 3, strides: 2, outputPadding: 1 }, 22],
    [{ kernelSize: 3, dilationRate: 2 }, 14],
  ])('makes of 10 steps with %j %i', (parameters, count) => {
    expect(inferred('conv1dTranspose', [[10, 3]], { filters: 2, ...parameters })).toEqual([count, 2])
  })

  it('refuses an output padding that reaches its strides', () => {
    expect(
      inferred('conv2dTranspose', [[3, 8, 8]], { strides: [2, 2], outputPadding: [1, 2] }),
    ).toMatchObject({
      code: 'layer.badParameter',
      parameter: 'outputPadding',
      ownFault: true,
      expected: 'expects an output padding that is less than its strides (2, 2)',
    })
  })

  it('refuses padding that cuts everything off', () => {
    expect(
      inferred('conv1dTranspose', [[1, 3]], { kernelSize: 2, padding: 'same', outputPadding: 0 }),
    ).toMatchObject({ code: 'shape.tooSmall', parameter: 'outputPadding' })
  })
})

describe('depthwiseConv2d and separableConv2d', () => {
  it('filter every channel by itself', async () => {
    const { data } = await runLayer('depthwiseConv2d', {
      inputs: [{ shape: [2, 1, 2], data: Float32Array.of(1, 2, 3, 4) }],
      parameters: { kernelSize: [1, 2], depthMultiplier: 2 },
      weights: { kernel: Float32Array.of(1, 0, 0, 1, 10, 0, 0, 10) },
      batchSize: 1,
    })
    expect([...data]).toEqual([1, 2, 30, 40])
  })

  it('count weights and operations of both steps', () => {
    const parameters = { filters: 8, kernelSize: [3, 3], depthMultiplier: 2 }
    const { weights, flops } = shaped('separableConv2d', [[4, 6, 6]], parameters)
    expect(weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['depthwiseKernel', [8, 1, 3, 3]],
      ['pointwiseKernel', [8, 8, 1, 1]],
      ['bias', [8]],
    ])
    expect(flops).toBe(2 * 9 * 8 * 16 + (2 * 8 + 1) * 8 * 16)
  })
})
