// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../../src-core/compile/compile-model.ts'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { emptyDocument } from '../../../../src-core/document/model-document.ts'
import {
  addAfter,
  freePlace,
  insertOnWire,
  type NewLayer,
} from '../../../../src-renderer/canvas/add-layer.ts'
import { layerHeight } from '../../../../src-renderer/canvas/geometry.ts'
import { documentOf, smallClassifier } from '../support/documents.ts'

const origin = { x: 0, y: 0 }
const wires = (document: ModelDocument) =>
  document.connections.map(({ source, target }) => `${source}>${target}`).toSorted()

function applied(document: ModelDocument, added: NewLayer | undefined): ModelDocument {
  if (!added) throw new Error('nothing was added')
  const { document: after, inverse } = applyEdit(document, added.edit)
  // Whatever is added, one undo takes it all back.
  expect(applyEdit(after, inverse).document).toEqual(document)
  return after
}

function build(kinds: readonly string[]): ModelDocument {
  let document = emptyDocument('Built from the palette')
  let selected = new Set<string>()
  for (const kind of kinds) {
    const added = addAfter(document, kind, selected, origin)
    document = applied(document, added)
    selected = new Set([added.layerId])
  }
  return document
}

describe('adding layers one after the other', () => {
  it('makes a whole network that compiles, wired from each to the next', () => {
    const document = build(['input', 'flatten', 'dense', 'output'])
    expect(wires(document)).toEqual(['dense_1>output_1', 'flatten_1>dense_1', 'input_1>flatten_1'])
    expect(compileModel(document).problems).toEqual([])
  })

  it('puts each below the one before, none over another', () => {
    const tops = build(['input', 'conv2d', 'maxPooling2d', 'flatten']).layers.map(
      ({ position }) => position.y,
    )
    const gaps = tops.slice(1).map((top, index) => top - (tops[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(layerHeight)
  })
})

describe('adding a layer while one in the middle of a chain is selected', () => {
  it('inserts it there and moves what follows down', () => {
    const document = applied(
      smallClassifier(),
      addAfter(smallClassifier(), 'dropout', new Set(['flatten_1']), origin),
    )
    expect(wires(document)).toEqual([
      'dense_1>output_1',
      'dropout_1>dense_1',
      'flatten_1>dropout_1',
      'input_1>flatten_1',
    ])
    const top = (id: string) => document.layers.find((layer) => layer.id === id)?.position.y ?? Number.NaN
    expect(top('dropout_1')).toBeGreaterThan(top('flatten_1') + layerHeight)
    expect(top('dense_1')).toBeGreaterThan(top('dropout_1') + layerHeight)
    expect(top('output_1')).toBeGreaterThan(top('dense_1') + layerHeight)
  })

  it('puts an output at the end of the chain', () => {
    const open = documentOf([
      ['input_1', 'input'],
      ['flatten_1', 'flatten'],
      ['dense_1', 'dense'],
    ])
    const document = applied(open, addAfter(open, 'output', new Set(['flatten_1']), origin))
    expect(wires(document)).toContain('dense_1>output_1')
  })
})

describe('adding a layer in other situations', () => {
  it('with nothing selected places it unwired', () => {
    const document = applied(smallClassifier(), addAfter(smallClassifier(), 'dense', new Set(), origin))
    expect(wires(document)).toEqual(wires(smallClassifier()))
  })

  it('with several selected wires a merge to all of them', () => {
    const branches = documentOf(
      [
        ['input_1', 'input'],
        ['dense_1', 'dense'],
        ['dense_2', 'dense'],
      ],
      [
        ['input_1', 'dense_1'],
        ['input_1', 'dense_2'],
      ],
    )
    const document = applied(branches, addAfter(branches, 'add', new Set(['dense_1', 'dense_2']), origin))
    expect(wires(document)).toEqual(['dense_1>add_1', 'dense_2>add_1', 'input_1>dense_1', 'input_1>dense_2'])
  })

  it('after a layer whose result goes several ways adds another way', () => {
    const branches = documentOf(
      [
        ['input_1', 'input'],
        ['dense_1', 'dense'],
        ['dense_2', 'dense'],
      ],
      [
        ['input_1', 'dense_1'],
        ['input_1', 'dense_2'],
      ],
    )
    const document = applied(branches, addAfter(branches, 'flatten', new Set(['input_1']), origin))
    expect(wires(document)).toEqual(['input_1>dense_1', 'input_1>dense_2', 'input_1>flatten_1'])
  })

  it('looks for a place where nothing is', () => {
    const document = documentOf([['input_1', 'input']])
    expect(freePlace(document, origin).x).toBeGreaterThan(0)
    expect(freePlace(document, { x: 0, y: 1000 })).toEqual({ x: 0, y: 1000 })
  })
})

describe('dropping a layer on a wire', () => {
  it('keeps the place of the wire among those of a merge, where order matters', () => {
    const document = documentOf(
      [
        ['input_1', 'input'],
        ['input_2', 'input'],
        ['subtract_1', 'subtract'],
      ],
      [
        ['input_1', 'subtract_1', 'inputs'],
        ['input_2', 'subtract_1', 'inputs'],
      ],
    )
    const [first] = document.connections
    if (!first) throw new Error('no wire')
    const after = applied(document, insertOnWire(document, 'dense', first, origin))
    const sources = after.connections
      .filter(({ target }) => target === 'subtract_1')
      .map(({ source }) => source)
    expect(sources).toEqual(['dense_1', 'input_2'])
  })

  it('does nothing for layers without input or output', () => {
    const document = smallClassifier()
    const [first] = document.connections
    if (!first) throw new Error('no wire')
    expect(insertOnWire(document, 'input', first, origin)).toBeUndefined()
    expect(insertOnWire(document, 'output', first, origin)).toBeUndefined()
  })
})
