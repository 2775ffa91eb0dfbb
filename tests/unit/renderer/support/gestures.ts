import { copyLayers, pasteEdit } from '../../../../src-core/document/clip.ts'
import type { Edit } from '../../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { addAfter, addConnected, insertOnWire } from '../../../../src-renderer/canvas/add-layer.ts'
import { alignEdit, alignments, distributeEdit } from '../../../../src-renderer/canvas/arrange.ts'
import { layerKey } from '../../../../src-renderer/canvas/arranging/elk-graph.ts'
import { tidyEdit } from '../../../../src-renderer/canvas/arranging/tidy-edit.ts'
import { bestInput, connectEdit } from '../../../../src-renderer/canvas/connection-rules.ts'
import { healEdit } from '../../../../src-renderer/canvas/heal.ts'
import { bypassEdit, pinEdit } from '../../../../src-renderer/canvas/layer-actions.ts'
import { replaceEdit } from '../../../../src-renderer/canvas/replace-layer.ts'
import { deleteEdit, duplicateEdit } from '../../../../src-renderer/canvas/selection-actions.ts'

/** What a person does, with layers and wires chosen by numbers: edits of a document that is not known beforehand. */
export type Gesture = (document: ModelDocument, one: number, other: number) => Edit | undefined

const kinds = ['dense', 'conv2d', 'relu', 'add', 'concatenate', 'flatten', 'output', 'input']
const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length]
const some = (document: ModelDocument, one: number, other: number) =>
  new Set([pick(document.layers, one)?.id ?? '', pick(document.layers, other)?.id ?? ''])
const place = (one: number, other: number) => ({ x: 8 * (one % 90), y: 8 * (other % 90) })

/** An arrangement as ELK would answer it. */
const inRows = ({ layers }: ModelDocument, length: number) => ({
  id: 'drawing',
  children: layers.map(({ id }, index) => ({
    id: layerKey(id),
    x: (index % (2 + (length % 5))) * 264,
    y: Math.floor(index / (2 + (length % 5))) * 112,
  })),
})

export const gestures: readonly Gesture[] = [
  (document, one, other) =>
    addAfter(document, pick(kinds, one) ?? 'dense', some(document, other, other), place(one, other)).edit,
  (document, one, other) => {
    const wire = pick(document.connections, one)
    return wire && insertOnWire(document, pick(kinds, other) ?? 'relu', wire, place(one, other))?.edit
  },
  (document, one, other) => {
    const layerId = pick(document.layers, one)?.id
    const from = layerId !== undefined && ({ layerId, port: 'output', side: 'source' } as const)
    return from
      ? addConnected(document, pick(kinds, other) ?? 'dense', from, place(one, other)).edit
      : undefined
  },
  (document, one, other) => deleteEdit(document, some(document, one, other), new Set()),
  (document, one) => deleteEdit(document, new Set(), new Set([pick(document.connections, one)?.id ?? ''])),
  (document, one, other) => healEdit(document, some(document, one, other)),
  (document, one, other) => duplicateEdit(document, some(document, one, other)).edit,
  (document, one, other) => {
    const clip = copyLayers(document, some(document, one, other))
    return clip && pasteEdit(document, clip, { offset: place(one, other), label: 'Paste' }).edit
  },
  (document, one, other) =>
    replaceEdit(document, pick(document.layers, one)?.id ?? '', pick(kinds, other) ?? ''),
  (document, one, other) => bypassEdit(document, some(document, one, other)),
  (document, one, other) => alignEdit(document, some(document, one, other), pick(alignments, one) ?? 'left'),
  (document) => distributeEdit(document, new Set(document.layers.map(({ id }) => id)), 'vertically'),
  (document, one, other) => {
    const ends = bestInput(
      document,
      pick(document.layers, one)?.id ?? '',
      pick(document.layers, other)?.id ?? '',
    )
    return ends && connectEdit(document, ends)
  },
  (document, one, other) => ({
    type: 'renameLayer',
    layerId: pick(document.layers, one)?.id ?? '',
    name: `name ${other % 20}`,
  }),
  (document, one, other) => ({
    type: 'setParameters',
    layerId: pick(document.layers, one)?.id ?? '',
    parameters: { units: other % 7 === 0 ? undefined : other },
  }),
  (document, one) => ({ type: 'setTraining', training: { ...document.training, epochs: 1 + (one % 50) } }),
  (document, one) =>
    one % 5 === 0 ? tidyEdit(document, inRows(document, one), 'down', () => undefined) : undefined,
  (document, one, other) => pinEdit(document, some(document, one, other)),
  (document, one) =>
    tidyEdit(document, inRows(document, one), one % 2 === 0 ? 'down' : 'right', () => undefined),
  (_document, one) => ({ type: 'setDocumentName', name: `Model ${one % 9}` }),
]
