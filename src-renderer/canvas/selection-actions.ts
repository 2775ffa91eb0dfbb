import type { Edit } from '../../src-core/document/edits.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { firstFree, newConnection, snakeCase } from '../../src-core/document/new-elements.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { gapBetweenColumns, layerWidth } from './geometry.ts'

/** Deletes the selected layers and wires, as one step of undo. */
export function deleteSelection(): void {
  const { document, selectedLayers, selectedConnections } = useProject.getState()
  if (!document) return
  const edit = deleteEdit(document, selectedLayers, selectedConnections)
  if (edit) dispatch(edit)
}

/** The edit that deletes layers and wires; undefined when there is nothing to delete. */
export function deleteEdit(
  document: ModelDocument,
  layers: ReadonlySet<string>,
  connections: ReadonlySet<string>,
): Edit | undefined {
  const wires: Edit[] = document.connections
    .filter((wire) => connections.has(wire.id) && !layers.has(wire.source) && !layers.has(wire.target))
    .map((wire) => ({ type: 'disconnect', connectionId: wire.id }))
  const removals: Edit[] = document.layers
    .filter((layer) => layers.has(layer.id))
    .map((layer) => ({ type: 'removeLayer', layerId: layer.id }))
  const edits = [...wires, ...removals]
  const [only] = edits
  if (!only) return undefined
  if (edits.length === 1) return only
  const label = removals.length > 0 ? count(removals.length, 'layer') : count(wires.length, 'wire')
  return { type: 'group', label: `Delete ${label}`, edits }
}

function count(amount: number, thing: string): string {
  return amount === 1 ? `1 ${thing}` : `${amount} ${thing}s`
}

/** Selects every layer. */
export function selectAll(): void {
  const { document, select } = useProject.getState()
  if (document) select(document.layers.map((layer) => layer.id))
}

/** Copies the selected layers beside themselves, with the wires among them, and selects the copies. */
export function duplicateSelection(): void {
  const { document, selectedLayers, select } = useProject.getState()
  if (!document || selectedLayers.size === 0) return
  const { edit, layerIds } = duplicateEdit(document, selectedLayers)
  dispatch(edit)
  select(layerIds)
}

/** The edit that copies layers and the wires among them, and the ids of the copies. */
export function duplicateEdit(
  document: ModelDocument,
  layers: ReadonlySet<string>,
): { readonly edit: Edit; readonly layerIds: readonly string[] } {
  const originals = document.layers.filter((layer) => layers.has(layer.id))
  const taken = new Set(document.layers.flatMap((layer) => [layer.id, layer.name]))
  const left = Math.min(...originals.map((layer) => layer.position.x))
  const right = Math.max(...originals.map((layer) => layer.position.x))
  const offset = right - left + layerWidth + gapBetweenColumns
  const copies = new Map<string, string>()
  const edits: Edit[] = []
  for (const original of originals) {
    const id = firstFree(snakeCase(original.kind), (name) => taken.has(name))
    taken.add(id)
    copies.set(original.id, id)
    const position = { x: original.position.x + offset, y: original.position.y }
    edits.push({ type: 'addLayer', layer: { ...structuredClone(original), id, name: id, position } })
  }
  const wireIds = new Set<string>()
  for (const wire of document.connections) {
    const source = copies.get(wire.source)
    const target = copies.get(wire.target)
    if (source === undefined || target === undefined) continue
    const { sourcePort, targetPort } = wire
    const connection = newConnection(document, { source, sourcePort, target, targetPort }, wireIds)
    wireIds.add(connection.id)
    edits.push({ type: 'connect', connection })
  }
  const [only] = originals
  const label =
    originals.length === 1 && only ? `Duplicate ${only.name}` : `Duplicate ${originals.length} layers`
  return { edit: { type: 'group', label, edits }, layerIds: [...copies.values()] }
}
