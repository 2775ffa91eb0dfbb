import { describe, expect, it } from 'vitest'
import type { ColumnSpec } from '../../../src-core/datasets/dataset-spec.ts'
import { pictureLayers } from '../../../src-core/preview/picture-layers.ts'
import { buildPreviewStep, isRandomInTraining } from '../../../src-core/preview/preview-step.ts'
import { documentOf, type LayerLine, planOf } from '../../support/models.ts'

const plan = (lines: readonly LayerLine[]) => planOf(documentOf('model', lines))

const branched: readonly LayerLine[] = [
  ['input', 'input', { shape: [3, 8, 8] }],
  ['flip', 'randomFlip'],
  ['conv', 'conv2d', { filters: 4, kernelSize: [3, 3] }],
  ['norm', 'batchNormalization'],
  ['plain', 'conv2d', { filters: 4, kernelSize: [3, 3] }, 'input'],
  ['sum', 'add', {}, 'norm', 'plain'],
  ['flat', 'flatten'],
  ['drop', 'dropout', { rate: 0.5 }],
  ['head', 'dense', { units: 2 }],
  ['output', 'output'],
]

describe('chance', () => {
  it('has a hand in layers that make noise, and in all that follow them', () => {
    const model = plan(branched)
    const random = model.layers.filter(({ id }) => isRandomInTraining(model, id)).map(({ id }) => id)
    expect(random).toEqual(['flip', 'conv', 'norm', 'sum', 'flat', 'drop', 'head', 'output'])
  })

  it('has none in a rate of 0', () => {
    const model = plan([
      ['input', 'input', { shape: [4] }],
      ['drop', 'dropout', { rate: 0 }],
      ['output', 'output'],
    ])
    expect(isRandomInTraining(model, 'output')).toBe(false)
  })
})

describe('the graph of a preview', () => {
  it('has every layer, and no noise, as prediction has it', () => {
    const step = buildPreviewStep({ plan: plan(branched), normalization: new Map() })
    expect([...step.values.keys()]).toEqual(branched.map(([id]) => id))
    expect([step.random, step.graph.outputs.length]).toEqual([[], branched.length])
  })

  it('ends at the layer that is drawn, with the weights and the noise that lead to it alone', () => {
    const step = buildPreviewStep({ plan: plan(branched), normalization: new Map(), noisyAt: 'norm' })
    expect([...step.values.keys()]).toEqual(['norm'])
    expect(step.random.map(({ key }) => key.split('/')[0])).toEqual(['flip'])
    const layers = new Set([...step.weights.keys()].map((name) => name.split('.')[0]))
    expect(layers).toEqual(new Set(['conv', 'norm']))
  })
})

describe('pictures', () => {
  const image: ColumnSpec = {
    name: 'image',
    type: 'image',
    dtype: 'uint8',
    shape: [3, 8, 8],
    statistics: { minimum: null, maximum: null, mean: null, standardDeviation: null, missing: 0 },
  }

  it('are what images feed and what only varies them, not feature maps', () => {
    expect(pictureLayers(plan(branched), new Map([['input', [image]]]))).toEqual(new Set(['input', 'flip']))
    expect(pictureLayers(plan(branched), new Map())).toEqual(new Set())
  })

  it('are outputs that are as large as the picture that went in', () => {
    const model = plan([
      ['input', 'input', { shape: [3, 8, 8] }],
      ['conv', 'conv2d', { filters: 6, kernelSize: [3, 3], padding: 'same' }],
      ['back', 'conv2d', { filters: 3, kernelSize: [3, 3], padding: 'same' }],
      ['output', 'output'],
    ])
    expect(pictureLayers(model, new Map([['input', [image]]]))).toEqual(new Set(['input', 'output', 'back']))
  })
})
