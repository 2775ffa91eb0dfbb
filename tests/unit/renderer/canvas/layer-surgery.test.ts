// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../../src-core/compile/compile-model.ts'
import { applyEdit, type Edit } from '../../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { allLayerDefinitions } from '../../../../src-core/layers/catalogue.ts'
import { kindsForWire, kindsThatTake } from '../../../../src-renderer/canvas/fitting-kinds.ts'
import { healEdit } from '../../../../src-renderer/canvas/heal.ts'
import { canReplace, replaceEdit } from '../../../../src-renderer/canvas/replace-layer.ts'
import { walkFrom } from '../../../../src-renderer/canvas/walk.ts'
import { documentOf, smallClassifier } from '../support/documents.ts'

const wires = (document: ModelDocument) =>
  document.connections.map(({ source, target, targetPort }) => `${source} > ${target}.${targetPort}`)

/** Applies an edit and checks on the way that undo brings back the identical document. */
function apply(document: ModelDocument, edit: Edit | undefined): ModelDocument {
  if (!edit) throw new Error('there is no edit')
  const applied = applyEdit(document, edit)
  expect(applyEdit(applied.document, applied.inverse).document).toEqual(document)
  return applied.document
}

/** in → a → sum, in → b → sum → out. */
function twoWays(): ModelDocument {
  return documentOf(
    [
      ['in', 'input', { shape: [4] }],
      ['a', 'dense', { units: 4 }],
      ['b', 'dense', { units: 4 }],
      ['sum', 'subtract'],
      ['out', 'output'],
    ],
    [
      ['in', 'a'],
      ['in', 'b'],
      ['a', 'sum', 'inputs'],
      ['b', 'sum', 'inputs'],
      ['sum', 'out'],
    ],
  )
}

describe('deleting and reconnecting', () => {
  it('closes the gap, and keeps the order of wires where it counts', () => {
    const after = apply(twoWays(), healEdit(twoWays(), new Set(['a'])))
    expect(wires(after)).toEqual(['in > b.input', 'in > sum.inputs', 'b > sum.inputs', 'sum > out.input'])
    expect(compileModel(after).problems).toEqual([])
  })

  it('closes the gap of several layers in a row', () => {
    const edit = healEdit(smallClassifier(), new Set(['flatten_1', 'dense_1']))
    expect(edit).toMatchObject({ label: 'Delete 2 layers and reconnect' })
    expect(wires(apply(smallClassifier(), edit))).toEqual(['input_1 > output_1.input'])
  })

  it('only deletes a layer with several inputs: nobody knows which of them is meant', () => {
    const after = apply(twoWays(), healEdit(twoWays(), new Set(['sum'])))
    expect(wires(after)).toEqual(['in > a.input', 'in > b.input'])
  })

  it('is nothing without layers', () => {
    expect(healEdit(twoWays(), new Set(['gone']))).toBeUndefined()
  })
})

describe('replacing a layer', () => {
  it('keeps its wires, its place and the parameters that the new kind has too', () => {
    const before = apply(twoWays(), {
      type: 'setParameters',
      layerId: 'a',
      parameters: { activation: 'relu', units: 7 },
    })
    const after = apply(before, replaceEdit(before, 'a', 'conv1d'))
    expect(wires(after)).toEqual(wires(before))
    expect(after.layers[1]).toEqual({
      ...before.layers[1],
      kind: 'conv1d',
      parameters: { activation: 'relu' },
    })
  })

  it('leads wires to the ports that the new kind has', () => {
    const after = apply(twoWays(), replaceEdit(twoWays(), 'sum', 'concatenate'))
    expect(wires(after)).toEqual(wires(twoWays()))
    const attention = apply(twoWays(), replaceEdit(twoWays(), 'sum', 'dot'))
    expect(attention.connections.map(({ id }) => id)).toEqual(twoWays().connections.map(({ id }) => id))
    expect(compileModel(attention).problems).toEqual([])
  })

  it('gives it a name of its new kind, unless somebody named it', () => {
    const document = smallClassifier()
    expect(apply(document, replaceEdit(document, 'dense_1', 'relu')).layers[2]).toMatchObject({
      id: 'dense_1',
      name: 'relu_1',
    })
    const named = apply(document, { type: 'renameLayer', layerId: 'dense_1', name: 'head' })
    expect(apply(named, replaceEdit(named, 'dense_1', 'relu')).layers[2]).toMatchObject({ name: 'head' })
  })

  it('is offered only where no wire gets lost', () => {
    const document = twoWays()
    const offered = (id: string) =>
      allLayerDefinitions
        .filter((definition) => {
          const layer = document.layers.find((candidate) => candidate.id === id)
          return layer !== undefined && canReplace(document, layer, definition)
        })
        .map(({ kind }) => kind)
    // Two wires come in: only what takes two.
    expect(offered('sum')).toEqual(expect.arrayContaining(['add', 'concatenate', 'attention']))
    expect(offered('sum')).not.toContain('dense')
    expect(offered('sum')).not.toContain('subtract')
    expect(offered('a')).toContain('dropout')
    expect(offered('a')).not.toContain('output')
    expect(offered('a')).not.toContain('dot')
    // The only other kind that takes nothing and gives a result.
    expect(offered('in')).toEqual(['noise'])
    expect(replaceEdit(document, 'sum', 'dense')).toBeUndefined()
    for (const kind of offered('sum')) {
      const after = apply(document, replaceEdit(document, 'sum', kind))
      expect(after.connections).toHaveLength(document.connections.length)
      expect(compileModel(after).problems.filter(({ code }) => code.startsWith('graph.'))).toEqual([])
    }
  })
})

describe('kinds that fit a wire', () => {
  const kinds = (list: ReturnType<typeof kindsThatTake>) => list.map(({ kind }) => kind)

  it('take the shape that flows through it', () => {
    const forImage = kinds(kindsThatTake([3, 32, 32]))
    expect(forImage).toEqual(expect.arrayContaining(['conv2d', 'maxPooling2d', 'flatten', 'add', 'output']))
    expect(forImage).not.toContain('conv1d')
    expect(forImage).not.toContain('conv3d')
    expect(forImage).not.toContain('input')
    expect(kinds(kindsThatTake([10]))).not.toContain('conv2d')
  })

  it('have a result when they are to stand in the middle', () => {
    expect(kinds(kindsForWire([10]))).not.toContain('output')
    expect(kinds(kindsForWire([10]))).toContain('dense')
  })

  it('are all that have an input while the shape is not known', () => {
    expect(kindsThatTake(undefined)).toHaveLength(
      allLayerDefinitions.filter(({ inputs }) => inputs.length > 0).length,
    )
  })
})

describe('walking with the keyboard', () => {
  function placed(): ModelDocument {
    const document = twoWays()
    const places = new Map([
      ['in', { x: 0, y: 0 }],
      ['a', { x: -100, y: 100 }],
      ['b', { x: 120, y: 100 }],
      ['sum', { x: 0, y: 200 }],
      ['out', { x: 0, y: 300 }],
    ])
    return {
      ...document,
      layers: document.layers.map((layer) => ({
        ...layer,
        position: places.get(layer.id) ?? layer.position,
      })),
    }
  }

  it.each([
    ['in', 'down', 'a'],
    ['a', 'right', 'b'],
    ['b', 'left', 'a'],
    ['b', 'down', 'sum'],
    ['sum', 'up', 'a'],
    ['out', 'up', 'sum'],
    ['in', 'up', undefined],
    ['out', 'down', undefined],
    ['b', 'right', undefined],
    ['sum', 'right', 'b'],
  ] as const)('from %s %s leads to %s', (from, direction, to) => {
    expect(walkFrom(placed(), from, direction)?.id).toBe(to)
  })
})
