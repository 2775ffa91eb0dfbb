import { describe, expect, it } from 'vitest'
import { allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { isRefusal } from '../../../src-core/layers/define-layer.ts'
import { elementCount } from '../../../src-core/tensor-graph/types.ts'
import { inferred, runLayer, shaped, someValues } from './run-layer.ts'

function weightNames(kind: string, shape: readonly number[], given: Record<string, unknown> = {}): string[] {
  return shaped(kind, [shape], given).weights.map(({ name }) => name)
}

describe('residualBlock', () => {
  it('projects what comes in only where the shape changes', () => {
    const plain = [
      'conv1Kernel',
      'norm1Gamma',
      'norm1Beta',
      'norm1MovingMean',
      'norm1MovingVariance',
      'conv2Kernel',
      'norm2Gamma',
      'norm2Beta',
      'norm2MovingMean',
      'norm2MovingVariance',
    ]
    const shortcut = [
      'shortcutKernel',
      'shortcutNormGamma',
      'shortcutNormBeta',
      'shortcutNormMovingMean',
      'shortcutNormMovingVariance',
    ]
    expect(weightNames('residualBlock', [8, 6, 6], { filters: 8 })).toEqual(plain)
    expect(weightNames('residualBlock', [4, 6, 6], { filters: 8 })).toEqual([...plain, ...shortcut])
    expect(weightNames('residualBlock', [8, 6, 6], { filters: 8, strides: [2, 2] })).toHaveLength(15)
    expect(inferred('residualBlock', [[4, 7, 6]], { filters: 8, strides: [2, 2] })).toEqual([8, 4, 3])
  })

  it('adds up the operations of its parts', () => {
    const points = 6 * 6
    const convolutions = 2 * (2 * 8 * 9 * 8 * points)
    const normalizations = 2 * (2 * 8 * points)
    const additionAndActivations = 3 * 8 * points
    expect(shaped('residualBlock', [[8, 6, 6]], { filters: 8 }).flops).toBe(
      convolutions + normalizations + additionAndActivations,
    )
  })

  it('keeps moving statistics of every normalization while training', async () => {
    const { weights } = shaped('residualBlock', [[1, 2, 2]], { filters: 1 })
    const data = Float32Array.of(1, 2, 3, 4)
    const { updates } = await runLayer('residualBlock', {
      inputs: [{ shape: [1, 2, 2], data }],
      parameters: { filters: 1, kernelSize: [1, 1], momentum: 0.5 },
      weights: { ...Object.fromEntries(weights.map(({ name }) => [name, Float32Array.of(1)])) },
      batchSize: 1,
      training: true,
    })
    expect(Object.keys(updates).sort()).toEqual([
      'norm1MovingMean',
      'norm1MovingVariance',
      'norm2MovingMean',
      'norm2MovingVariance',
    ])
    // Mean 2.5 and variance 1.25 of the data, half way from 1.
    expect(updates.norm1MovingMean?.[0]).toBeCloseTo(1.75, 6)
    expect(updates.norm1MovingVariance?.[0]).toBeCloseTo(1.125, 6)
  })
})

describe('bottleneckBlock', () => {
  it('gives expansion times as many channels as it has inside', () => {
    expect(inferred('bottleneckBlock', [[8, 6, 6]], { filters: 4, strides: [2, 1] })).toEqual([16, 3, 6])
  })

  it('refuses groups that do not divide its filters', () => {
    expect(inferred('bottleneckBlock', [[8, 6, 6]], { filters: 4, groups: 3 })).toMatchObject({
      code: 'layer.badParameter',
      parameter: 'groups',
      ownFault: true,
    })
  })
})

describe('invertedResidualBlock', () => {
  it('leaves the widening out where it widens by 1', () => {
    expect(weightNames('invertedResidualBlock', [4, 6, 6], { expansion: 1 })[0]).toBe('depthwiseKernel')
    expect(weightNames('invertedResidualBlock', [4, 6, 6])[0]).toBe('expandKernel')
  })
})

describe('denseBlock and inceptionBlock', () => {
  it('put channels side by side', () => {
    expect(inferred('denseBlock', [[8, 6, 6]], { layers: 3, growthRate: 5 })).toEqual([23, 6, 6])
    expect(inferred('inceptionBlock', [[8, 6, 6]])).toEqual([64 + 128 + 32 + 32, 6, 6])
    expect(weightNames('denseBlock', [8, 6, 6], { layers: 1, bottleneck: 0 })).toContain('layer1Conv2Kernel')
  })
})

describe('convNextBlock', () => {
  it('begins as the identity', async () => {
    const { weights } = shaped('convNextBlock', [[2, 3, 3]])
    const data = someValues(18)
    const result = await runLayer('convNextBlock', {
      inputs: [{ shape: [2, 3, 3], data }],
      weights: Object.fromEntries(
        weights
          .filter(({ name }) => name !== 'layerScale')
          .map(({ name, shape }) => [name, someValues(shape.reduce((product, size) => product * size, 1))]),
      ),
      batchSize: 1,
    })
    expect([...result.data]).toEqual([...data])
  })
})

describe('squeezeExcite', () => {
  it('keeps at least one value between its dense steps', () => {
    const { weights } = shaped('squeezeExcite', [[8, 5, 5]], { ratio: 16 })
    expect(weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['squeezeKernel', [8, 1]],
      ['squeezeBias', [1]],
      ['exciteKernel', [1, 8]],
      ['exciteBias', [8]],
    ])
  })
})

describe('mlpBlock', () => {
  it('gives as many values as come in, or as asked for', () => {
    expect(inferred('mlpBlock', [[5, 12]])).toEqual([5, 12])
    expect(inferred('mlpBlock', [[12]], { units: 3 })).toEqual([3])
  })
})

it.each([
  'squeezeExcite',
  'residualBlock',
  'bottleneckBlock',
  'invertedResidualBlock',
  'denseBlock',
  'inceptionBlock',
  'convNextBlock',
])('%s refuses what is no image', (kind) => {
  const result = inferred(kind, [[20]])
  expect(isRefusal(result) && result.expected).toBe('expects an image of 3 axes (channels × height × width)')
})

const blocks = allLayerDefinitions.filter(({ category }) => category === 'Block')
const endsInActivation = blocks.filter(({ parameters }) => Object.hasOwn(parameters, 'activation'))

it.each(endsInActivation.map(({ kind }) => kind))(
  '%s ends in its activation, as losses expect of a parameter with that name',
  async (kind) => {
    const shape = [4, 4, 4]
    const { weights } = shaped(kind, [shape])
    const { data } = await runLayer(kind, {
      inputs: [{ shape, data: someValues(elementCount(shape)).map((value) => 3 * value) }],
      parameters: { activation: 'sigmoid' },
      weights: Object.fromEntries(
        weights.map(({ name, shape: size }) => [name, someValues(elementCount(size)).map(Math.abs)]),
      ),
      batchSize: 1,
    })
    expect(data.every((value) => value > 0 && value <= 1)).toBe(true)
  },
)

it('a hidden activation has another name', () => {
  expect(endsInActivation.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['residualBlock', 'bottleneckBlock', 'inceptionBlock']),
  )
  expect(endsInActivation.map(({ kind }) => kind)).not.toContain('mlpBlock')
})
