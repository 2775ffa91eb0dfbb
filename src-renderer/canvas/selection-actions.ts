import { copyLayers, type PastedLayers, pasteEdit } from '../../src-core/document/clip.ts'
import type { Edit } from '../../src-core/document/edits.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { heirOfFocus, passFocusTo } from './focus-after-delete.ts'
import { gapBetweenColumns, layerWidth } from './geometry.ts'

/** Deletes the selected layers and wires, as one step of undo. */
export function deleteSelection(): void {
  const { drawing: document, selectedLayers, selectedConnections } = useProject.getState()
  if (!document) return
  const edit = deleteEdit(document, selectedLayers, selectedConnections)
  const heir = heirOfFocus()
  if (edit) dispatch(edit)
  passFocusTo(heir)
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
  const { drawing: document, select } = useProject.getState()
  if (document) select(document.layers.map((layer) => layer.id))
}

/** Copies the selected layers beside themselves, with the wires among them, and selects the copies. */
export function duplicateSelection(): void {
  const { drawing: document, selectedLayers, select } = useProject.getState()
  if (!document || selectedLayers.size === 0) return
  const { edit, layerIds } = duplicateEdit(document, selectedLayers)
  dispatch(edit)
  select(layerIds)
}

/** The edit that copies layers and the wires among them, and the ids of the copies. */
export function duplicateEdit(document: ModelDocument, layers: ReadonlySet<string>): PastedLayers {
  const clip = copyLayers(document, layers)
  const originals = clip?.layers ?? []
  const left = Math.min(...originals.map((layer) => layer.position.x))
  const right = Math.max(...originals.map((layer) => layer.position.x))
  const [only] = originals
  const label =
    originals.length === 1 && only ? `Duplicate ${only.name}` : `Duplicate ${originals.length} layers`
  const offset = { x: right - left + layerWidth + gapBetweenColumns, y: 0 }
  return pasteEdit(document, clip ?? { layers: [], connections: [] }, { offset, label })
}
