import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffDocuments, isSameModel } from '../../../src-core/document/diff.ts'
import { editsBetween } from '../../../src-core/document/diff-edits.ts'
import { diffText } from '../../../src-core/document/diff-text.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import type { LayerNode, ModelDocument } from '../../../src-core/document/model-document.ts'
import { chain, drawing, layer } from '../compile/drawings.ts'

const kinds = ['input', 'dense', 'relu', 'add', 'output', 'ofTheFuture']

/** Documents with up to eight layers from one small pool of ids and names, so that two of them have much in common. */
const documents: fc.Arbitrary<ModelDocument> = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom(...'abcdefgh'),
      kind: fc.constantFrom(...kinds),
      name: fc.constantFrom(...'pqrstuvwxyz'),
      units: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
      bypassed: fc.option(fc.constant(true), { nil: undefined }),
      x: fc.integer({ min: 0, max: 500 }),
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  )
  .map((drawn) => drawn.filter(({ name }, at) => drawn.findIndex((other) => other.name === name) === at))
  .chain((drawn) => {
    const end = fc.constantFrom(...(drawn.length > 0 ? drawn.map(({ id }) => id) : ['a']), 'nobody')
    return fc.record({
      drawn: fc.constant(drawn),
      wires: fc.array(fc.tuple(end, end), { maxLength: 12 }),
      columns: fc.option(fc.tuple(end, fc.constantFrom('iris', 'mnist')), { nil: undefined }),
      epochs: fc.integer({ min: 1, max: 3 }),
      title: fc.constantFrom('One', 'Other'),
    })
  })
  .map(({ drawn, wires, columns, epochs, title }): ModelDocument => {
    const layers = drawn.map(
      ({ id, kind, name, units, bypassed, x }): LayerNode => ({
        ...{ id, kind, name, parameters: units === undefined ? {} : { units }, position: { x, y: 0 } },
        ...(bypassed && { bypassed }),
      }),
    )
    const empty = drawing(
      layers,
      wires.map(([source, target]) => `${source} > ${target}`),
    )
    return {
      ...empty,
      name: title,
      dataset: columns ? { name: columns[1], inputs: { [columns[0]]: ['column'] }, targets: {} } : null,
      training: { ...empty.training, epochs },
    }
  })

/** The same document with every layer's id replaced. */
function withIds(document: ModelDocument, rename: (id: string) => string): ModelDocument {
  const known = new Set(document.layers.map(({ id }) => id))
  const to = (id: string) => (known.has(id) ? rename(id) : id)
  const keyed = (columns: Readonly<Record<string, string[]>>) =>
    Object.fromEntries(Object.entries(columns).map(([id, list]) => [to(id), list]))
  return {
    ...document,
    layers: document.layers.map((each) => ({ ...each, id: to(each.id) })),
    connections: document.connections.map((wire) => ({
      ...wire,
      source: to(wire.source),
      target: to(wire.target),
    })),
    dataset: document.dataset && {
      ...document.dataset,
      inputs: keyed(document.dataset.inputs),
      targets: keyed(document.dataset.targets),
    },
  }
}

/** A document without ids of its layers, which stand in the order of their names. */
function byNames(document: ModelDocument): ModelDocument {
  const names = new Map(document.layers.map(({ id, name }) => [id, `layer ${name}`]))
  const named = withIds(document, (id) => names.get(id) ?? id)
  return { ...named, layers: named.layers.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }
}

describe('diffDocuments, for all documents,', () => {
  it('finds nothing between a document and itself', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const diff = diffDocuments(document, structuredClone(document))
        expect(isSameModel(diff)).toBe(true)
        expect(diff.moved).toEqual([])
      }),
    )
  })

  it('finds nothing where only the ids differ', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const other = withIds(document, (id) => `other ${id}`)
        expect(diffText(diffDocuments(document, other))).toBe('No differences.\n')
      }),
    )
  })

  it('gives edits that make the one of the other, and back by undo', () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const edits = editsBetween(before, after) ?? []
        const applied = applyEdit(before, { type: 'group', label: 'Take theirs', edits })
        expect(byNames(applied.document)).toEqual(byNames(after))
        expect(isSameModel(diffDocuments(applied.document, after))).toBe(true)
        expect(applyEdit(applied.document, applied.inverse).document).toEqual(before)
      }),
      { numRuns: 300 },
    )
  })

  it('tells a removed layer with its wires, and nothing else', () => {
    fc.assert(
      fc.property(documents, fc.nat(7), (document, at) => {
        const gone = document.layers[at]
        fc.pre(gone !== undefined)
        const { document: after } = applyEdit(document, { type: 'removeLayer', layerId: gone.id })
        const diff = diffDocuments(document, after)
        expect(diff.layers).toEqual([{ type: 'removed', before: gone }])
        expect(diff.wires.every(({ type }) => type === 'removed')).toBe(true)
        expect(diff.wires.length).toBe(document.connections.length - after.connections.length)
        expect(diff.training).toEqual([])
      }),
    )
  })
})

const input = layer('in', 'input', { shape: [4] })
const base = chain(input, layer('d', 'dense', { units: 8 }), layer('out', 'output'))

describe('diffDocuments', () => {
  it('takes a layer of another id, another name and the same place for the same layer, renamed', () => {
    const theirs = chain(
      { ...input, id: 'x1' },
      { ...layer('x2', 'dense', { units: 8 }), name: 'hidden' },
      { ...layer('x3', 'output'), name: 'out' },
    )
    const diff = diffDocuments(base, theirs)
    expect(diff.wires).toEqual([])
    expect(diff.layers).toMatchObject([
      { type: 'changed', changes: [{ path: ['name'], before: 'd', after: 'hidden' }] },
    ])
  })

  it('takes the likelier of two layers at one place', () => {
    const fork = (prefix: string, first: number, second: number) =>
      drawing(
        [
          layer(`${prefix}in`, 'input', { shape: [4] }),
          layer(`${prefix}1`, 'dense', { units: first }),
          layer(`${prefix}2`, 'dense', { units: second }),
        ],
        [`${prefix}in > ${prefix}1`, `${prefix}in > ${prefix}2`],
      )
    const { layers } = diffDocuments(fork('a', 8, 16), fork('b', 16, 8))
    expect(
      layers.flatMap((each) => (each.type === 'changed' ? each.changes : [])).map(({ path }) => path),
    ).toEqual([['name'], ['name'], ['name']])
  })

  it('knows that a default is the same whether it is written down or not', () => {
    const implicit = chain(input, layer('d', 'dense'), layer('out', 'output'))
    const explicit = chain(input, layer('d', 'dense', { units: 32 }), layer('out', 'output'))
    expect(isSameModel(diffDocuments(implicit, explicit))).toBe(true)
    const wider = chain(input, layer('d', 'dense', { units: 64 }), layer('out', 'output'))
    expect(diffDocuments(implicit, wider).layers).toMatchObject([
      { changes: [{ path: ['parameters', 'units'], before: 32, after: 64 }] },
    ])
  })

  it('sees that the wires of a port come in another order', () => {
    const merge = (...wires: string[]) =>
      drawing([layer('a', 'input'), layer('b', 'input'), layer('m', 'concatenate')], wires)
    expect(diffDocuments(merge('a > m', 'b > m'), merge('b > m', 'a > m')).wires).toEqual([
      { type: 'reordered', target: 'm', targetPort: 'inputs', before: ['a', 'b'], after: ['b', 'a'] },
    ])
  })

  it('does not count places on the canvas', () => {
    const moved = { ...base, layers: base.layers.map((each) => ({ ...each, position: { x: 9, y: 0 } })) }
    const diff = diffDocuments(base, moved)
    expect(isSameModel(diff)).toBe(true)
    expect(diffText(diff)).toBe('No differences but 3 layers moved on the canvas.\n')
  })

  it('offers no edits where ids are not unique', () => {
    expect(editsBetween(base, { ...base, layers: [...base.layers, ...base.layers] })).toBeUndefined()
  })

  it('follows a long chain whose ids and names are all other ones', () => {
    const long = (prefix: string) =>
      chain(
        layer(`${prefix}in`, 'input'),
        ...Array.from({ length: 2000 }, (_, at) => layer(`${prefix}${at}`, 'relu')),
      )
    const diff = diffDocuments(long('a'), long('b'))
    expect(diff.wires).toEqual([])
    expect(diff.layers.every(({ type }) => type === 'changed')).toBe(true)
  })
})

describe('diffText', () => {
  it('counts in a sentence, and lists in aligned columns', () => {
    const after: ModelDocument = {
      ...chain(
        input,
        layer('d', 'dense', { units: 16, activation: 'relu' }),
        layer('drop', 'dropout', { rate: 0.25 }),
        layer('out', 'output'),
      ),
      dataset: { name: 'iris', inputs: {}, targets: { out: ['species'] } },
      training: { ...base.training, epochs: 20, batchSize: 8 },
    }
    expect(diffText(diffDocuments(base, after))).toMatchInlineSnapshot(`
      "1 layer added, 1 layer changed, 2 wires added, 1 wire removed, 2 choices of data changed, 2 training settings changed.

      Layers
        changed  d     units: 8 → 16
        changed  d     activation: linear → relu
        added    drop  Dropout, rate 0.25

      Wires
        removed  d → out
        added    d → drop
        added    drop → out

      Data
        added  targets out  species
        added  name         iris

      Training settings
        changed  epochs     10 → 20
        changed  batchSize  32 → 8
      "
    `)
  })
})
