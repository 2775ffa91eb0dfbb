import { describe, expect, it } from 'vitest'
import { applyEdit } from '../../../src-core/document/edits.ts'
import type { LayerTraining } from '../../../src-core/document/layer-training.ts'
import { emptyDocument, type ModelDocument } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'

const document: ModelDocument = {
  ...emptyDocument('Digits "quoted"'),
  layers: [
    {
      id: 'conv2d_1',
      kind: 'conv2d',
      name: 'conv2d_1',
      parameters: { kernelSize: [5, 5], filters: 10 },
      position: { x: 10.4, y: -0.2 },
    },
  ],
  connections: [
    { id: 'w', source: 'input_1', sourcePort: 'output', target: 'conv2d_1', targetPort: 'input' },
  ],
  dataset: { name: 'mnist', inputs: { b: ['x'], a: ['image'] }, targets: {} },
}

describe('serialiseDocument', () => {
  it('writes stable JSON: fixed key order, whole pixels, one line per wire, a final line break', async () => {
    await expect(serialiseDocument(document)).toMatchFileSnapshot('../../golden/document.loom.json')
  })

  it('gives the same text whatever order keys were set in', () => {
    const shuffled: ModelDocument = {
      ...document,
      layers: document.layers.map(({ id, kind, name, position }) => ({
        position: { y: position.y, x: position.x },
        parameters: { filters: 10, kernelSize: [5, 5] },
        name,
        kind,
        id,
      })),
    }
    expect(serialiseDocument(shuffled)).toBe(serialiseDocument(document))
  })

  it('mentions training of a layer only where it is not as usual', () => {
    const withTraining = (training: LayerTraining) =>
      serialiseDocument({
        ...document,
        layers: document.layers.map((layer) => ({ ...layer, ...training })),
      })
    expect(withTraining({ trainable: true, learningRateFactor: 1 })).toBe(serialiseDocument(document))
    const text = withTraining({ trainable: false, learningRateFactor: 0.5 })
    expect(text).toContain('"trainable": false,\n      "learningRateFactor": 0.5\n')
    const read = parseDocument(text)
    expect(read).toMatchObject({
      ok: true,
      value: { layers: [{ trainable: false, learningRateFactor: 0.5 }] },
    })
  })

  it('changes one line when a layer is moved', () => {
    const { document: moved } = applyEdit(document, {
      type: 'moveLayers',
      positions: { conv2d_1: { x: 300, y: 40 } },
    })
    const before = serialiseDocument(document).split('\n')
    const after = serialiseDocument(moved).split('\n')
    expect(after.filter((line, index) => line !== before[index])).toEqual([
      '      "position": { "x": 300, "y": 40 }',
    ])
  })
})
