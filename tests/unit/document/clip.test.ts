import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Clip, clipText, copyLayers, parseClip, pasteEdit } from '../../../src-core/document/clip.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import { emptyDocument, type ModelDocument } from '../../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { chain, layer } from '../compile/drawings.ts'

function network(): ModelDocument {
  return chain(
    layer('input_1', 'input', { shape: [4] }),
    { ...layer('dense_1', 'dense', { units: 8 }), name: 'encoder', trainable: false, bypassed: true },
    layer('output_1', 'output'),
  )
}

function copied(document: ModelDocument, ...ids: readonly string[]): Clip {
  const clip = copyLayers(document, new Set(ids))
  if (!clip) throw new Error('nothing was copied')
  return clip
}

function paste(document: ModelDocument, text: string): ModelDocument {
  const parsed = parseClip(text)
  if (!parsed.ok || parsed.value.type !== 'layers') throw new Error('no layers')
  const { edit } = pasteEdit(document, parsed.value.clip, { offset: { x: 0, y: 0 }, label: 'Paste' })
  return applyEdit(document, edit).document
}

describe('layers in the clipboard', () => {
  it('come back with everything they had and the wires among them, in another project under their own names', () => {
    const text = clipText(copied(network(), 'dense_1', 'output_1'))
    const after = paste(emptyDocument('Other'), text)
    expect(after.layers).toEqual(network().layers.slice(1))
    expect(after.connections.map(({ source, target }) => `${source} > ${target}`)).toEqual([
      'dense_1 > output_1',
    ])
  })

  it('get free ids and names where theirs are taken', () => {
    const after = paste(network(), clipText(copied(network(), 'dense_1', 'output_1')))
    expect(after.layers.map(({ id, name }) => `${id}/${name}`)).toEqual([
      'input_1/input_1',
      'dense_1/encoder',
      'output_1/output_1',
      'dense_2/dense_2',
      'output_2/output_2',
    ])
    expect(after.connections.at(-1)).toMatchObject({ source: 'dense_2', target: 'output_2' })
  })

  it('are nothing when nothing is selected', () => {
    expect(copyLayers(network(), new Set())).toBeUndefined()
  })

  it('a document is recognised as one', () => {
    const parsed = parseClip(serialiseDocument(network()))
    expect(parsed).toMatchObject({ ok: true, value: { type: 'document' } })
  })

  it.each([
    ['', 'The clipboard holds no text, so there are no layers to paste.'],
    ['hello', 'The clipboard holds text that is not from LayerLoom, so there are no layers to paste.'],
    ['[1, 2]', 'The clipboard holds text that is not from LayerLoom, so there are no layers to paste.'],
    ['{"a": 1}', 'The clipboard holds JSON, but no layers of LayerLoom.'],
    [
      '{"format": "layerloom-layers", "version": 3}',
      'The layers in the clipboard were copied from a newer LayerLoom.',
    ],
    [
      '{"format": "layerloom-layers", "version": 1, "layers": [{"id": 3}], "connections": []}',
      'The layers in the clipboard are damaged at "layers.0.id": Invalid input: expected string, received number.',
    ],
    [
      `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'The clipboard nests values more than 64 levels deep.',
    ],
  ])('what is no layers is refused in one sentence: %.30s', (text, message) => {
    expect(parseClip(text)).toMatchObject({ ok: false, problems: [{ code: 'clipboard.foreign', message }] })
  })

  it('a document that cannot be read says why', () => {
    const parsed = parseClip(serialiseDocument(network()).replace('"version": 1', '"version": 99'))
    expect(parsed).toMatchObject({ ok: false, problems: [{ code: 'document.futureVersion' }] })
  })

  it('any layers, pasted, equal the copied ones up to ids and names', () => {
    const kinds = fc.constantFrom('dense', 'conv2d', 'add', 'relu')
    const position = fc.record({ x: fc.integer(), y: fc.integer() })
    const drawings = fc
      .uniqueArray(
        fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text !== '__proto__'),
        {
          minLength: 1,
          maxLength: 8,
        },
      )
      .chain((ids) =>
        fc.record({
          layers: fc.tuple(
            ...ids.map((id) =>
              fc.record({ kind: kinds, position, units: fc.nat() }).map(({ kind, position: at, units }) => ({
                ...layer(id, kind, { units }),
                position: at,
              })),
            ),
          ),
          wires: fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { maxLength: 10 }),
        }),
      )
    fc.assert(
      fc.property(drawings, ({ layers, wires }) => {
        const document: ModelDocument = {
          ...emptyDocument('Any'),
          layers,
          connections: wires.map(([source, target], index) => ({
            id: `w${index}`,
            source,
            sourcePort: 'output',
            target,
            targetPort: 'input',
          })),
        }
        const after = paste(document, clipText(copied(document, ...layers.map(({ id }) => id))))
        const ids = new Map(layers.map(({ id }, index) => [id, after.layers[layers.length + index]?.id]))
        expect(after.layers.slice(0, layers.length)).toEqual(layers)
        expect(after.layers.slice(layers.length)).toEqual(
          layers.map((original) => ({
            ...original,
            id: ids.get(original.id),
            name: ids.get(original.id),
          })),
        )
        const withoutId = ({ source, target }: { source: string; target: string }) => [source, target]
        expect(after.connections.slice(wires.length).map(withoutId)).toEqual(
          wires.map(([source, target]) => [ids.get(source), ids.get(target)]),
        )
        expect(new Set(after.layers.flatMap(({ id }) => id)).size).toBe(2 * layers.length)
        expect(new Set(after.connections.map(({ id }) => id)).size).toBe(2 * wires.length)
      }),
    )
  })
})
