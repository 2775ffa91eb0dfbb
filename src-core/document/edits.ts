import { z } from 'zod'
import { assertNever } from '../assert-never.ts'
import { type TrainingSettings, trainingSettingsSchema } from '../training/run-config.ts'
import { type BlockEdit, changedBlocks, insideOf, withInside } from './blocks/block-edits.ts'
import { applyCanvasEdit, type CanvasEdit } from './canvas-edits.ts'
import { withoutLayer } from './dataset-columns.ts'
import { changedLayer, editedLayer, type LayerEdit } from './layer-edits.ts'
import { type LayerTraining, withLayerTraining } from './layer-training.ts'
import {
  type Connection,
  connectionSchema,
  type DatasetBinding,
  datasetBindingSchema,
  documentNameSchema,
  type LayerNode,
  layerNameSchema,
  layerNodeSchema,
  type ModelDocument,
  modelDocumentSchema,
} from './model-document.ts'

/**
 * Every change to a document, as plain data. `applyEdit` is pure and returns the inverse, so undo comes for free.
 * Indices keep the order of layers and connections exactly, so that undoing everything gives the identical document.
 */
export type Edit =
  | { readonly type: 'addLayer'; readonly layer: LayerNode; readonly index?: number }
  /** Removes the layer, every connection at it and its entries in the dataset binding. */
  | { readonly type: 'removeLayer'; readonly layerId: string }
  | { readonly type: 'connect'; readonly connection: Connection; readonly index?: number }
  | { readonly type: 'disconnect'; readonly connectionId: string }
  /** Sets the named parameters; `undefined` removes one (back to the default). */
  | {
      readonly type: 'setParameters'
      readonly layerId: string
      readonly parameters: Readonly<Record<string, LayerNode['parameters'][string] | undefined>>
    }
  /** Freezes a layer, or changes its share of the learning rate; `undefined` goes back to the default. */
  | { readonly type: 'setLayerTraining'; readonly layerId: string; readonly changes: LayerTraining }
  | LayerEdit
  | CanvasEdit
  | { readonly type: 'renameLayer'; readonly layerId: string; readonly name: string }
  | {
      readonly type: 'moveLayers'
      readonly positions: Readonly<Record<string, { readonly x: number; readonly y: number }>>
    }
  | { readonly type: 'setDocumentName'; readonly name: string }
  | { readonly type: 'setDescription'; readonly description: string }
  | { readonly type: 'setDataset'; readonly dataset: DatasetBinding | null }
  | { readonly type: 'setTraining'; readonly training: TrainingSettings }
  | BlockEdit
  /** Changes layers and wires inside a block, for every layer that is this block. */
  | { readonly type: 'editBlock'; readonly blockId: string; readonly edit: Edit }
  /** Puts another document in place of the whole one. */
  | { readonly type: 'replaceDocument'; readonly document: ModelDocument }
  /** Several edits that undo as one; `label` is what the undo menu shows. */
  | { readonly type: 'group'; readonly label: string; readonly edits: readonly Edit[] }

export interface AppliedEdit {
  readonly document: ModelDocument
  /** Applied to `document`, gives back the document before. */
  readonly inverse: Edit
}

type EditOf<T extends Edit['type']> = Extract<Edit, { type: T }>

/**
 * Applies one edit. Pure; everything the edit does not touch is shared with the document before.
 *
 * An edit that no longer makes sense (it names a layer or wire that is gone, adds an id that is taken, or carries a
 * value no document can hold, such as an empty name or NaN) changes nothing: the same document object comes back.
 * So a stale fix or a late event can never damage a document or make one that cannot be saved.
 */
export function applyEdit(document: ModelDocument, edit: Edit): AppliedEdit {
  switch (edit.type) {
    case 'addLayer':
      return addLayer(document, edit)
    case 'removeLayer':
      return removeLayer(document, edit)
    case 'connect':
      return connect(document, edit)
    case 'disconnect':
      return disconnect(document, edit)
    case 'setParameters':
      return setParameters(document, edit)
    case 'setLayerTraining':
      return setLayerTraining(document, edit)
    case 'replaceLayer':
    case 'setBypassed':
    case 'setRepeat':
    case 'setPinned':
      return changeLayer(document, edit)
    case 'renameLayer':
      return renameLayer(document, edit)
    case 'moveLayers':
      return moveLayers(document, edit)
    case 'setDirection':
    case 'addNote':
    case 'removeNote':
    case 'replaceNote':
      return applyCanvasEdit(document, edit) ?? unchanged(document)
    case 'setDocumentName':
      return setDocumentName(document, edit)
    case 'setDescription':
      return setDescription(document, edit)
    case 'setDataset':
      return setDataset(document, edit)
    case 'setTraining':
      return setTraining(document, edit)
    case 'addBlock':
    case 'removeBlock':
    case 'renameBlock':
    case 'setBlockParameters':
      return changedBlocks(document, edit) ?? unchanged(document)
    case 'editBlock':
      return editBlock(document, edit)
    case 'replaceDocument':
      return replaceDocument(document, edit)
    case 'group':
      return applyGroup(document, edit)
    default:
      return assertNever(edit)
  }
}

function unchanged(document: ModelDocument): AppliedEdit {
  return { document, inverse: { type: 'group', label: 'Nothing', edits: [] } }
}

function insertAt<T>(list: readonly T[], index: number | undefined, item: T): T[] {
  const at = index === undefined ? list.length : Math.max(0, Math.min(index, list.length))
  return [...list.slice(0, at), item, ...list.slice(at)]
}

function replaceAt<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((old, at) => (at === index ? item : old))
}

function addLayer(document: ModelDocument, edit: EditOf<'addLayer'>): AppliedEdit {
  const { layer, index } = edit
  if (!layerNodeSchema.safeParse(layer).success) return unchanged(document)
  if (document.layers.some((other) => other.id === layer.id)) return unchanged(document)
  // A document written by hand may already have wires to this id; removing the layer again must not take them along.
  const restore = whatRemovalTakesAlong(document, layer.id)
  const remove: Edit = { type: 'removeLayer', layerId: layer.id }
  return {
    document: { ...document, layers: insertAt(document.layers, index, layer) },
    inverse:
      restore.length === 0
        ? remove
        : { type: 'group', label: `Add ${layer.name}`, edits: [remove, ...restore] },
  }
}

function removeLayer(document: ModelDocument, edit: EditOf<'removeLayer'>): AppliedEdit {
  const index = document.layers.findIndex((layer) => layer.id === edit.layerId)
  const layer = document.layers[index]
  if (!layer) return unchanged(document)
  const connections = document.connections.filter((connection) => !isAtLayer(connection, layer.id))
  const unwired = connections.length === document.connections.length
  return {
    document: {
      ...document,
      layers: document.layers.toSpliced(index, 1),
      connections: unwired ? document.connections : connections,
      dataset: withoutLayer(document.dataset, layer.id),
    },
    inverse: {
      type: 'group',
      label: `Remove ${layer.name}`,
      edits: [{ type: 'addLayer', layer, index }, ...whatRemovalTakesAlong(document, layer.id)],
    },
  }
}

function isAtLayer(connection: Connection, layerId: string): boolean {
  return connection.source === layerId || connection.target === layerId
}

/** Edits that put back the wires and dataset columns of a layer at their places. */
function whatRemovalTakesAlong(document: ModelDocument, layerId: string): Edit[] {
  // Ascending indices: each wire is put back where all the wires before it already are.
  const connections = document.connections.flatMap((connection, index): Edit[] =>
    isAtLayer(connection, layerId) ? [{ type: 'connect', connection, index }] : [],
  )
  if (withoutLayer(document.dataset, layerId) === document.dataset) return connections
  return [...connections, { type: 'setDataset', dataset: document.dataset }]
}

function connect(document: ModelDocument, edit: EditOf<'connect'>): AppliedEdit {
  const { connection, index } = edit
  if (!connectionSchema.safeParse(connection).success) return unchanged(document)
  if (document.connections.some((other) => other.id === connection.id)) return unchanged(document)
  return {
    document: { ...document, connections: insertAt(document.connections, index, connection) },
    inverse: { type: 'disconnect', connectionId: connection.id },
  }
}

function disconnect(document: ModelDocument, edit: EditOf<'disconnect'>): AppliedEdit {
  const index = document.connections.findIndex((connection) => connection.id === edit.connectionId)
  const connection = document.connections[index]
  if (!connection) return unchanged(document)
  return {
    document: { ...document, connections: document.connections.toSpliced(index, 1) },
    inverse: { type: 'connect', connection, index },
  }
}

const parameterValue = z.json().optional()

function setParameters(document: ModelDocument, edit: EditOf<'setParameters'>): AppliedEdit {
  const index = document.layers.findIndex((layer) => layer.id === edit.layerId)
  const layer = document.layers[index]
  if (!layer) return unchanged(document)
  const changes = Object.entries(edit.parameters).filter(([name]) => name !== '__proto__')
  if (changes.length === 0) return unchanged(document)
  if (!changes.every(([, value]) => parameterValue.safeParse(value).success)) return unchanged(document)
  const before = changes.map(([name]) => [
    name,
    Object.hasOwn(layer.parameters, name) ? layer.parameters[name] : undefined,
  ])
  const merged = { ...layer.parameters, ...Object.fromEntries(changes) }
  const parameters = Object.fromEntries(
    Object.entries(merged).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  return {
    document: {
      ...document,
      layers: replaceAt(document.layers, index, { ...layer, parameters }),
    },
    inverse: { type: 'setParameters', layerId: layer.id, parameters: Object.fromEntries(before) },
  }
}

function setLayerTraining(document: ModelDocument, edit: EditOf<'setLayerTraining'>): AppliedEdit {
  const index = document.layers.findIndex((layer) => layer.id === edit.layerId)
  const layer = document.layers[index]
  const changed = layer && withLayerTraining(layer, edit.changes)
  if (!layer || !changed) return unchanged(document)
  return {
    document: { ...document, layers: replaceAt(document.layers, index, changed.layer) },
    inverse: { type: 'setLayerTraining', layerId: layer.id, changes: changed.before },
  }
}

function changeLayer(document: ModelDocument, edit: LayerEdit): AppliedEdit {
  const index = document.layers.findIndex((layer) => layer.id === editedLayer(edit))
  const layer = document.layers[index]
  const changed = layer && changedLayer(layer, edit)
  if (!changed) return unchanged(document)
  return {
    document: { ...document, layers: replaceAt(document.layers, index, changed.layer) },
    inverse: changed.inverse,
  }
}

function renameLayer(document: ModelDocument, edit: EditOf<'renameLayer'>): AppliedEdit {
  const index = document.layers.findIndex((layer) => layer.id === edit.layerId)
  const layer = document.layers[index]
  if (!layer || !layerNameSchema.safeParse(edit.name).success) return unchanged(document)
  return {
    document: { ...document, layers: replaceAt(document.layers, index, { ...layer, name: edit.name }) },
    inverse: { type: 'renameLayer', layerId: layer.id, name: layer.name },
  }
}

function moveLayers(document: ModelDocument, edit: EditOf<'moveLayers'>): AppliedEdit {
  const before: Record<string, LayerNode['position']> = {}
  const layers = document.layers.map((layer) => {
    const position = Object.hasOwn(edit.positions, layer.id) ? edit.positions[layer.id] : undefined
    if (!position || !Number.isFinite(position.x) || !Number.isFinite(position.y)) return layer
    before[layer.id] = layer.position
    return { ...layer, position: { x: position.x, y: position.y } }
  })
  if (Object.keys(before).length === 0) return unchanged(document)
  return { document: { ...document, layers }, inverse: { type: 'moveLayers', positions: before } }
}

function setDocumentName(document: ModelDocument, edit: EditOf<'setDocumentName'>): AppliedEdit {
  if (!documentNameSchema.safeParse(edit.name).success) return unchanged(document)
  return {
    document: { ...document, name: edit.name },
    inverse: { type: 'setDocumentName', name: document.name },
  }
}

function setDescription(document: ModelDocument, edit: EditOf<'setDescription'>): AppliedEdit {
  return {
    document: { ...document, description: edit.description },
    inverse: { type: 'setDescription', description: document.description },
  }
}

function setDataset(document: ModelDocument, edit: EditOf<'setDataset'>): AppliedEdit {
  if (!datasetBindingSchema.nullable().safeParse(edit.dataset).success) return unchanged(document)
  return {
    document: { ...document, dataset: edit.dataset },
    inverse: { type: 'setDataset', dataset: document.dataset },
  }
}

function setTraining(document: ModelDocument, edit: EditOf<'setTraining'>): AppliedEdit {
  if (!trainingSettingsSchema.safeParse(edit.training).success) return unchanged(document)
  return {
    document: { ...document, training: edit.training },
    inverse: { type: 'setTraining', training: document.training },
  }
}

function editBlock(document: ModelDocument, { blockId, edit }: EditOf<'editBlock'>): AppliedEdit {
  const inside = insideOf(document, blockId)
  if (!inside) return unchanged(document)
  const applied = applyEdit(inside, edit)
  const changed = withInside(document, blockId, applied.document)
  if (changed === document) return unchanged(document)
  return { document: changed, inverse: { type: 'editBlock', blockId, edit: applied.inverse } }
}

function replaceDocument(document: ModelDocument, edit: EditOf<'replaceDocument'>): AppliedEdit {
  if (!modelDocumentSchema.safeParse(edit.document).success) return unchanged(document)
  return { document: edit.document, inverse: { type: 'replaceDocument', document } }
}

function applyGroup(document: ModelDocument, edit: EditOf<'group'>): AppliedEdit {
  let current = document
  const inverses: Edit[] = []
  for (const part of edit.edits) {
    const applied = applyEdit(current, part)
    current = applied.document
    inverses.push(applied.inverse)
  }
  return { document: current, inverse: { type: 'group', label: edit.label, edits: inverses.reverse() } }
}
