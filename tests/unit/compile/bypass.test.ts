import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { exportMermaid } from '../../../src-core/export/mermaid.ts'
import { summariseModel } from '../../../src-core/export/summary.ts'
import { chain, drawing, layer } from './drawings.ts'

function bypass(document: ModelDocument, ...layerIds: readonly string[]): ModelDocument {
  return layerIds.reduce(
    (current, layerId) => applyEdit(current, { type: 'setBypassed', layerId, bypassed: true }).document,
    document,
  )
}

function mlp(): ModelDocument {
  return chain(
    layer('in', 'input', { shape: [4] }),
    layer('hidden', 'dense', { units: 8 }),
    layer('norm', 'batchNormalization'),
    layer('head', 'dense', { units: 3 }),
    layer('out', 'output'),
  )
}

describe('a bypassed layer', () => {
  it('is left out of the plan: the model is that of the drawing without it', () => {
    const { plan, problems } = compileModel(bypass(mlp(), 'hidden', 'norm'))
    const without = compileModel(
      chain(
        layer('in', 'input', { shape: [4] }),
        layer('head', 'dense', { units: 3 }),
        layer('out', 'output'),
      ),
    )
    expect(problems).toEqual([])
    expect(plan).toEqual(without.plan)
  })

  it('passes the shape on, and has no weights and no cost', () => {
    const { layers } = compileModel(bypass(mlp(), 'hidden'))
    expect(layers.get('hidden')).toMatchObject({ outputShape: [4], parameterCount: 0, flops: 0 })
    expect(layers.get('norm')).toMatchObject({ outputShape: [4] })
  })

  it('is not blamed for bad parameters', () => {
    const document = chain(
      layer('in', 'input', { shape: [4] }),
      layer('hidden', 'dense', { units: -1 }),
      layer('out', 'output'),
    )
    expect(compileModel(document).plan).toBeUndefined()
    expect(compileModel(bypass(document, 'hidden')).problems).toEqual([])
  })

  it('of several inputs passes on the first, and warns of what it drops', () => {
    const document = drawing(
      [
        layer('in', 'input', { shape: [4] }),
        layer('one', 'dense', { units: 4 }),
        layer('two', 'dense', { units: 4 }),
        layer('sum', 'add'),
        layer('out', 'output'),
      ],
      ['in > one', 'in > two', 'one > sum', 'two > sum', 'sum > out'],
    )
    const { plan, problems } = compileModel(bypass(document, 'sum'))
    expect(problems).toMatchObject([
      {
        code: 'layer.bypassed',
        severity: 'warning',
        message: 'sum is bypassed: it passes on one and drops two.',
      },
    ])
    expect(plan?.layers.map(({ id }) => id)).toEqual(['in', 'one', 'out'])
  })

  it('whose input does not fit what comes next is named there, with the way back', () => {
    const document = chain(
      layer('in', 'input', { shape: [1, 8, 8] }),
      layer('flat', 'globalAveragePooling2d'),
      layer('twice', 'repeatVector'),
      layer('out', 'output'),
    )
    const { problems } = compileModel(bypass(document, 'flat'))
    expect(problems[0]).toMatchObject({
      layerId: 'twice',
      hint: expect.stringContaining('flat is bypassed and passes on what reaches it.'),
      fix: { label: 'Enable flat' },
    })
    const mended = (problems[0]?.fix?.edits ?? []).reduce(
      (current, edit) => applyEdit(current, edit).document,
      bypass(document, 'flat'),
    )
    expect(compileModel(mended).problems).toEqual([])
  })

  it.each([
    ['in', 'in is bypassed, but nothing comes before Input layers.'],
    ['out', 'out is bypassed, but nothing comes after Output layers.'],
  ])('cannot be an end of the model (%s)', (id, message) => {
    const { plan, problems } = compileModel(bypass(mlp(), id))
    expect(plan).toBeUndefined()
    expect(problems.find(({ code }) => code === 'layer.bypassed')).toMatchObject({ message, layerId: id })
  })

  it('needs something to pass on', () => {
    const document = bypass(
      drawing([layer('in', 'input'), layer('d', 'dense'), layer('out', 'output')], ['d > out']),
      'd',
    )
    expect(compileModel(document).problems.map(({ message }) => message)).toContain(
      'd is bypassed, but nothing is wired to it that it could pass on.',
    )
  })

  it('is shown as such in diagrams and summaries, and saved', () => {
    const document = bypass(mlp(), 'norm')
    const compiled = compileModel(document)
    expect(exportMermaid(document, compiled)).toMatch(/class \w*norm\w* bypassed/)
    const summary = summariseModel(document, compiled)
    expect(summary.layers.find(({ name }) => name === 'norm')).toMatchObject({
      settings: expect.stringContaining('bypassed'),
      parameterCount: 0,
    })
    expect(serialiseDocument(document)).toContain('"bypassed": true')
    const enabled = applyEdit(document, { type: 'setBypassed', layerId: 'norm', bypassed: false })
    expect(serialiseDocument(enabled.document)).toBe(serialiseDocument(mlp()))
  })
})
