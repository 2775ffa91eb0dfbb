import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdit, type Edit } from '../../../src-core/document/edits.ts'
import {
  emptyDocument,
  type LayerNode,
  type ModelDocument,
} from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'

function layer(id: string, kind = 'dense'): LayerNode {
  return { id, kind, name: id, parameters: {}, position: { x: 0, y: 0 } }
}

function wire(id: string, source: string, target: string) {
  return { id, source, sourcePort: 'output', target, targetPort: 'input' }
}

/** a → b → c, and a → c. */
function threeLayers(): ModelDocument {
  return {
    ...emptyDocument('Three layers'),
    layers: [layer('a'), layer('b'), layer('c')],
    connections: [wire('ab', 'a', 'b'), wire('ac', 'a', 'c'), wire('bc', 'b', 'c')],
    dataset: { name: 'iris', inputs: { a: ['petal'] }, targets: { c: ['species'] } },
  }
}

describe('applyEdit', () => {
  it('removes a layer with its wires and its dataset columns', () => {
    const { document } = applyEdit(threeLayers(), { type: 'removeLayer', layerId: 'a' })
    expect(document.layers.map(({ id }) => id)).toEqual(['b', 'c'])
    expect(document.connections.map(({ id }) => id)).toEqual(['bc'])
    expect(document.dataset).toEqual({ name: 'iris', inputs: {}, targets: { c: ['species'] } })
  })

  it('puts a removed layer and its wires back at their places', () => {
    const before = threeLayers()
    for (const layerId of ['a', 'b', 'c']) {
      const removed = applyEdit(before, { type: 'removeLayer', layerId })
      expect(applyEdit(removed.document, removed.inverse).document).toEqual(before)
    }
  })

  it('shares what it does not touch', () => {
    const before = threeLayers()
    const { document } = applyEdit(before, {
      type: 'setParameters',
      layerId: 'b',
      parameters: { units: 3 },
    })
    expect(document.connections).toBe(before.connections)
    expect(document.layers[0]).toBe(before.layers[0])
    expect(document.layers[2]).toBe(before.layers[2])
    expect(before.layers[1]?.parameters).toEqual({})
  })

  it('takes a parameter back to its default with undefined', () => {
    const set = applyEdit(threeLayers(), {
      type: 'setParameters',
      layerId: 'b',
      parameters: { units: 3, activation: 'relu' },
    })
    const unset = applyEdit(set.document, {
      type: 'setParameters',
      layerId: 'b',
      parameters: { units: undefined },
    })
    expect(unset.document.layers[1]?.parameters).toEqual({ activation: 'relu' })
    expect(applyEdit(unset.document, unset.inverse).document).toEqual(set.document)
    expect(applyEdit(set.document, set.inverse).document).toEqual(threeLayers())
  })

  it('freezes a layer and thaws it again', () => {
    const frozen = applyEdit(threeLayers(), {
      type: 'setLayerTraining',
      layerId: 'b',
      changes: { trainable: false, learningRateFactor: 0.1 },
    })
    expect(frozen.document.layers[1]).toMatchObject({ id: 'b', trainable: false, learningRateFactor: 0.1 })
    expect(applyEdit(frozen.document, frozen.inverse).document).toEqual(threeLayers())
    const thawed = applyEdit(frozen.document, {
      type: 'setLayerTraining',
      layerId: 'b',
      changes: { trainable: undefined },
    })
    expect(thawed.document.layers[1]).toEqual({ ...layer('b'), learningRateFactor: 0.1 })
    expect(applyEdit(thawed.document, thawed.inverse).document).toEqual(frozen.document)
  })

  it('undoes a group in reverse order', () => {
    const before = threeLayers()
    const group = applyEdit(before, {
      type: 'group',
      label: 'Insert Flatten',
      edits: [
        { type: 'disconnect', connectionId: 'ab' },
        { type: 'addLayer', layer: layer('flatten_1', 'flatten'), index: 1 },
        { type: 'connect', connection: wire('af', 'a', 'flatten_1') },
        { type: 'connect', connection: wire('fb', 'flatten_1', 'b'), index: 0 },
      ],
    })
    expect(group.document.connections.map(({ id }) => id)).toEqual(['fb', 'ac', 'bc', 'af'])
    expect(group.inverse).toMatchObject({ type: 'group', label: 'Insert Flatten' })
    expect(applyEdit(group.document, group.inverse).document).toEqual(before)
  })

  const before = threeLayers()
  it.each<[what: string, edit: Edit]>([
    ['names a layer that is gone', { type: 'removeLayer', layerId: 'z' }],
    ['names a wire that is gone', { type: 'disconnect', connectionId: 'z' }],
    ['adds an id that is taken', { type: 'addLayer', layer: layer('a') }],
    ['adds a wire id that is taken', { type: 'connect', connection: wire('ab', 'b', 'c') }],
    ['replaces a layer that is gone', { type: 'replaceLayer', layer: layer('z') }],
    ['replaces a layer by one of no kind', { type: 'replaceLayer', layer: layer('a', '') }],
    ['enables a layer that is on', { type: 'setBypassed', layerId: 'a', bypassed: false }],
    ['gives an empty name', { type: 'renameLayer', layerId: 'a', name: '' }],
    ['gives the document an empty name', { type: 'setDocumentName', name: '' }],
    [
      'freezes a layer that is gone',
      { type: 'setLayerTraining', layerId: 'z', changes: { trainable: false } },
    ],
    [
      'sets a learning rate factor of zero',
      { type: 'setLayerTraining', layerId: 'a', changes: { learningRateFactor: 0 } },
    ],
    ['sets a parameter to NaN', { type: 'setParameters', layerId: 'a', parameters: { units: Number.NaN } }],
    ['moves a layer to nowhere', { type: 'moveLayers', positions: { a: { x: Number.NaN, y: 0 } } }],
    [
      'sets a learning rate below zero',
      {
        type: 'setTraining',
        training: { ...before.training, optimizer: { kind: 'sgd', learningRate: -1, weightDecay: 0 } },
      },
    ],
  ])('changes nothing when the edit %s', (_what, edit) => {
    const applied = applyEdit(before, edit)
    expect(applied.document).toBe(before)
    expect(applyEdit(before, applied.inverse).document).toBe(before)
  })
})

describe('any sequence of edits', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'constructor', 'toString')
  const connectionId = fc.constantFrom('ab', 'ac', 'bc', 'de', 'cf', 'x')
  const coordinate = fc.double({ min: -1e4, max: 1e4, noNaN: true })
  const position = fc.record({ x: coordinate, y: coordinate })
  const index = fc.option(fc.nat(8), { nil: undefined })
  const parameterName = fc.constantFrom('units', 'activation', 'toString')
  const parameterValue = fc.oneof(fc.integer(), fc.string(), fc.constant(undefined), fc.array(fc.nat()))
  const simpleEdit: fc.Arbitrary<Edit> = fc.oneof(
    fc.record({ id, position, index }).map(
      ({ id, position, index }): Edit => ({
        type: 'addLayer',
        layer: { ...layer(id), position },
        ...(index === undefined ? {} : { index }),
      }),
    ),
    id.map((layerId): Edit => ({ type: 'removeLayer', layerId })),
    fc.tuple(connectionId, id, id, index).map(
      ([name, source, target, at]): Edit => ({
        type: 'connect',
        connection: wire(name, source, target),
        ...(at === undefined ? {} : { index: at }),
      }),
    ),
    connectionId.map((name): Edit => ({ type: 'disconnect', connectionId: name })),
    fc
      .tuple(id, fc.dictionary(parameterName, parameterValue))
      .map(([layerId, parameters]): Edit => ({ type: 'setParameters', layerId, parameters })),
    fc
      .tuple(
        id,
        fc.record(
          {
            trainable: fc.constantFrom(true, false, undefined),
            learningRateFactor: fc.constantFrom(-1, 0.5, 1, 3, undefined),
          },
          { requiredKeys: [] },
        ),
      )
      .map(([layerId, changes]): Edit => ({ type: 'setLayerTraining', layerId, changes })),
    fc
      .tuple(id, fc.boolean())
      .map(([layerId, bypassed]): Edit => ({ type: 'setBypassed', layerId, bypassed })),
    fc.tuple(id, fc.constantFrom('dense', 'conv2d', ''), position).map(
      ([layerId, kind, at]): Edit => ({
        type: 'replaceLayer',
        layer: { ...layer(layerId, kind), position: at },
      }),
    ),
    fc.tuple(id, fc.string()).map(([layerId, name]): Edit => ({ type: 'renameLayer', layerId, name })),
    fc.dictionary(id, position).map((positions): Edit => ({ type: 'moveLayers', positions })),
    fc.string().map((name): Edit => ({ type: 'setDocumentName', name })),
    fc.string().map((description): Edit => ({ type: 'setDescription', description })),
    fc.option(fc.dictionary(id, fc.array(fc.string({ minLength: 1 }), { minLength: 1 }))).map(
      (inputs): Edit => ({
        type: 'setDataset',
        dataset: inputs && { name: 'iris', inputs, targets: {} },
      }),
    ),
    fc.integer({ min: -1, max: 50 }).map(
      (epochs): Edit => ({
        type: 'setTraining',
        training: { ...emptyDocument('x').training, epochs },
      }),
    ),
  )
  const edit = fc.oneof(
    { weight: 9, arbitrary: simpleEdit },
    {
      weight: 1,
      arbitrary: fc
        .array(simpleEdit, { maxLength: 6 })
        .map((edits): Edit => ({ type: 'group', label: 'Several', edits })),
    },
  )

  it('is undone to the identical document and redone to the identical result', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 200, maxLength: 200, size: 'max' }), (edits) => {
        const start = threeLayers()
        let document = start
        const inverses: Edit[] = []
        for (const one of edits) {
          const applied = applyEdit(document, one)
          document = applied.document
          inverses.push(applied.inverse)
        }
        const end = document
        const redos: Edit[] = []
        for (const inverse of inverses.toReversed()) {
          const undone = applyEdit(document, inverse)
          document = undone.document
          redos.push(undone.inverse)
        }
        expect(document).toEqual(start)
        expect(serialiseDocument(document)).toBe(serialiseDocument(start))
        for (const redo of redos.toReversed()) document = applyEdit(document, redo).document
        expect(document).toEqual(end)
        expect(serialiseDocument(document)).toBe(serialiseDocument(end))
      }),
      { numRuns: 40 },
    )
  })

  it('leaves a document that can be saved and read back', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const end = edits.reduce((document, one) => applyEdit(document, one).document, threeLayers())
        const text = serialiseDocument(end)
        const read = parseDocument(text)
        if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
        expect(serialiseDocument(read.value)).toBe(text)
      }),
    )
  })
})
