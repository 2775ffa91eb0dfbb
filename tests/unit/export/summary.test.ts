import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { summariseModel, summaryText } from '../../../src-core/export/summary.ts'
import { chain, drawing, layer } from '../compile/drawings.ts'

function summarised(document: ModelDocument) {
  return summariseModel(document, compileModel(document))
}

const digits = chain(
  layer('image', 'input', { shape: [1, 28, 28] }),
  layer('conv_1', 'conv2d', { filters: 10, kernelSize: [5, 5], activation: 'relu' }),
  layer('norm_1', 'batchNormalization'),
  layer('pool_1', 'maxPooling2d'),
  layer('flat', 'flatten'),
  layer('dense_1', 'dense', { units: 10, activation: 'softmax' }),
  layer('digit', 'output'),
)

describe('summariseModel', () => {
  it('counts weights, operations and activations as Keras and arithmetic do', () => {
    const summary = summarised(digits)
    expect(summary).toMatchObject({
      parameterCount: 260 + 40 + 14410,
      trainableCount: 260 + 20 + 14410,
      complete: true,
    })
    const conv = (2 * 25 + 1 + 1) * 10 * 24 * 24
    expect(summary.flops).toBe(conv + 2 * 5760 + 4 * 1440 + (2 * 1440 + 1 + 3) * 10)
    expect(summary.layers[1]).toEqual({
      name: 'conv_1',
      kind: 'conv2d',
      label: 'Conv2D',
      settings: 'filters 10, kernelSize 5 × 5, activation relu',
      outputShape: [10, 24, 24],
      parameterCount: 260,
      flops: conv,
      inputs: ['image'],
    })
  })

  it('says which layers are frozen, and how much of the model', () => {
    const document: ModelDocument = {
      ...digits,
      layers: digits.layers.map((node) => {
        if (node.name === 'conv_1' || node.name === 'norm_1') return { ...node, trainable: false }
        return node.name === 'dense_1' ? { ...node, learningRateFactor: 0.1 } : node
      }),
    }
    const summary = summarised(document)
    expect(summary).toMatchObject({ trainableCount: 14410, frozenCount: 260 + 40 })
    const text = summaryText(summary)
    expect(text).toContain('14,410 of them trainable, 300 frozen\n')
    expect(text).toMatch(/conv_1 .* frozen {2}/)
    expect(text).toMatch(/dense_1 .* learning rate × 0\.1 {2}/)
  })

  it('is a table for people', async () => {
    await expect(summaryText(summarised(digits))).toMatchFileSnapshot('../../golden/summary-chain.txt')
  })

  it('says where layers get their input from when the model is no chain', async () => {
    const residual = drawing(
      [
        layer('in', 'input', { shape: [8] }),
        layer('dense_1', 'dense', { units: 8, activation: 'relu' }),
        layer('add_1', 'add'),
        layer('out', 'output'),
      ],
      ['in > dense_1', 'dense_1 > add_1', 'in > add_1', 'add_1 > out'],
    )
    await expect(summaryText(summarised(residual))).toMatchFileSnapshot('../../golden/summary-residual.txt')
  })

  it('says what cannot be known of an unfinished drawing', () => {
    const broken = chain(layer('in', 'input', { shape: [8] }), layer('conv_1', 'conv2d'))
    const summary = summarised(broken)
    expect(summary.complete).toBe(false)
    expect(summary.layers[1]).toMatchObject({ outputShape: null, parameterCount: null })
    expect(summaryText(summary)).toMatch(/conv_1 +Conv2D +filters 32, kernelSize 3 × 3 +\? +\?/)
    expect(summaryText(summary)).toContain('The drawing has errors')
  })
})
