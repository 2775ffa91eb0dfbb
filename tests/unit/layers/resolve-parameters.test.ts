import { describe, expect, it } from 'vitest'
import { allLayerDefinitions, layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { defaultParameters, resolveParameters } from '../../../src-core/layers/resolve-parameters.ts'
import { definitionOf } from './run-layer.ts'

const owner = { id: 'l7', name: 'conv2d_1' }

describe('the catalogue', () => {
  it('finds each kind under its own name', () => {
    for (const definition of allLayerDefinitions) {
      expect(layerDefinition(definition.kind)).toBe(definition)
    }
    expect(layerDefinition('constructor')).toBeUndefined()
  })

  it('has every kind of the first release', () => {
    const kinds =
      'input dense conv2d maxPooling2d averagePooling2d globalAveragePooling2d globalMaxPooling2d flatten reshape dropout batchNormalization layerNormalization activation add subtract multiply average maximum concatenate zeroPadding2d upSampling2d output'
    expect(allLayerDefinitions.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds.split(' ')))
  })
})

describe('resolveParameters', () => {
  it('fills in defaults', () => {
    expect(resolveParameters(definitionOf('maxPooling2d'), { poolSize: [3, 3] })).toEqual({
      values: { poolSize: [3, 3], strides: [2, 2], padding: 'valid' },
      problems: [],
    })
    expect(defaultParameters('dropout')).toEqual({ rate: 0.5 })
  })

  it.each([
    ['conv2d', { filters: 0 }, 'conv2d_1 has Filters 0, but it must be a whole number from 1 to 16,384.'],
    [
      'conv2d',
      { kernelSize: [3] },
      'conv2d_1 has Kernel size [3], but it must be 2 whole numbers (height, width) from 1 to 1,000.',
    ],
    ['conv2d', { padding: 'full' }, 'conv2d_1 has Padding "full", but it must be one of valid, same.'],
    ['conv2d', { useBias: 1 }, 'conv2d_1 has Use bias 1, but it must be true or false.'],
    ['dropout', { rate: 1 }, 'conv2d_1 has Rate 1, but it must be a number from 0 to 0.99.'],
    [
      'input',
      { shape: [] },
      'conv2d_1 has Shape [], but it must be a list of 1 to 8 whole numbers, each at least 1.',
    ],
    [
      'reshape',
      { targetShape: [0] },
      'conv2d_1 has Target shape [0], but it must be a list of 1 to 8 whole numbers, each at least 1 (or −1 for what is left).',
    ],
    ['expression', { formula: '' }, 'conv2d_1 has Formula "", but it must be a line of 1 to 200 characters.'],
    ['flatten', { axis: 1 }, 'conv2d_1 has a parameter "axis" (1), which Flatten does not know.'],
  ])('says of %s with %j what is wrong', (kind, given, message) => {
    const { problems } = resolveParameters(definitionOf(kind), given, owner)
    expect(problems.map((problem) => problem.message)).toEqual([message])
    expect(problems[0]).toMatchObject({
      layerId: 'l7',
      parameter: Object.keys(given)[0],
      fix: { edits: [{ type: 'setParameters', layerId: 'l7' }] },
    })
  })
})
