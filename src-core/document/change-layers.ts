import { z } from 'zod'
import { type AppliedEdit, type EditOf, insertAt, replaceAt, unchanged } from './applied-edit.ts'
import { withoutLayer } from './dataset-columns.ts'
import type { Edit } from './edits.ts'
import { changedLayer, editedLayer, type LayerEdit } from './layer-edits.ts'
import { withLayerTraining } from './layer-training.ts'
import {
  type Connection,
  type LayerNode,
  layerNameSchema,
  layerNodeSchema,
  type ModelDocument,
} from './model-document.ts'

export function addLayer(document: ModelDocument, edit: EditOf<'addLayer'>): AppliedEdit {
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

export function removeLayer(document: ModelDocument, edit: EditOf<'removeLayer'>): AppliedEdit {
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

const parameterValue = z.json().optional()

export function setParameters(document: ModelDocument, edit: EditOf<'setParameters'>): AppliedEdit {
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

export function setLayerTraining(document: ModelDocument, edit: EditOf<'setLayerTraining'>): AppliedEdit {
  const index = document.layers.findIndex((layer) => layer.id === edit.layerId)
  const layer = document.layers[index]
  const changed = layer && withLayerTraining(layer, edit.changes)
  if (!layer || !changed) return unchanged(document)
  return {
    document: { ...document, layers: replaceAt(document.layers, index, changed.layer) },
    inverse: { type: 'setLayerTraining', layerId: layer.id, changes: changed.before },
  }
}

export function changeLayer(document: ModelDocument, edit: LayerEdit): AppliedEdit {
  const index = document.layers.findIndex((layer) => layer.id === editedLayer(edit))
  const layer = document.layers[index]
  const changed = layer && changedLayer(layer, edit)
  if (!changed) return unchanged(document)
  return {
    document: { ...document, layers: replaceAt(document.layers, index, changed.layer) },
    inverse: changed.inverse,
  }
}

export function renameLayer(document: ModelDocument, edit: EditOf<'renameLayer'>): AppliedEdit {
  const index = document.layers.findIndex((layer) => layer.id === edit.layerId)
  const layer = document.layers[index]
  if (!layer || !layerNameSchema.safeParse(edit.name).success) return unchanged(document)
  return {
    document: { ...document, layers: replaceAt(document.layers, index, { ...layer, name: edit.name }) },
    inverse: { type: 'renameLayer', layerId: layer.id, name: layer.name },
  }
}

export function moveLayers(document: ModelDocument, edit: EditOf<'moveLayers'>): AppliedEdit {
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
