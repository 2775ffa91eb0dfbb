import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { applyEdit } from '../../../src-core/document/edits.ts'
import type { LayerTraining } from '../../../src-core/document/layer-training.ts'
import { emptyDocument, type ModelDocument } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { trainingSettingsSchema } from '../../../src-core/training/run-config.ts'

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

  it('writes schedule, warm-up and early stopping only where they were set, and reads them again', () => {
    const training = trainingSettingsSchema.parse({
      schedule: { kind: 'cosine', alpha: 0.1 },
      warmUp: { length: { unit: 'steps', count: 100 } },
      earlyStopping: { patience: 3 },
    })
    const text = serialiseDocument({ ...document, training })
    expect(text).toContain('"schedule": { "kind": "cosine", "alpha": 0.1, "decayLength": null }')
    expect(text).toContain(
      '"warmUp": {\n      "length": { "unit": "steps", "count": 100 },\n      "startFactor": 0',
    )
    expect(parseDocument(text)).toMatchObject({ ok: true, value: { training } })
    for (const field of ['schedule', 'warmUp', 'earlyStopping']) {
      expect(serialiseDocument(document)).not.toContain(field)
    }
  })

  it('leaves the text of a document from before there were schedules as it is', async () => {
    const before = await readFile(new URL('../../golden/document.loom.json', import.meta.url), 'utf8')
    const read = parseDocument(before)
    if (!read.ok) throw new Error(read.problems[0]?.message)
    expect(read.value.training).toMatchObject({ schedule: { kind: 'constant' }, warmUp: null })
    expect(serialiseDocument(read.value)).toBe(before)
  })

  it('writes shuffling only where it is off, and nothing of states where a layer has none', () => {
    const withShuffling = (shuffle: boolean | undefined) =>
      serialiseDocument({ ...document, training: { ...document.training, shuffle } })
    expect(withShuffling(true)).toBe(serialiseDocument(document))
    expect(withShuffling(undefined)).toBe(serialiseDocument(document))
    expect(parseDocument(withShuffling(false))).toMatchObject({
      ok: true,
      value: { training: { shuffle: false } },
    })
    expect(serialiseDocument(document)).not.toMatch(/stateful|shuffle/)
  })

  it('writes class weights by name, and nothing where there are none', () => {
    const withWeights = (classWeights: ModelDocument['training']['classWeights']) =>
      serialiseDocument({ ...document, training: { ...document.training, classWeights } })
    expect(withWeights({ b: 2, a: 1 })).toBe(withWeights({ a: 1, b: 2 }))
    expect(withWeights({ b: 2, a: 1 })).toContain('"classWeights": { "a": 1, "b": 2 }')
    expect(withWeights(undefined)).toBe(serialiseDocument(document))
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
