import { notesOf } from '../../src-core/document/canvas-part.ts'
import { copyLayers, type PastedLayers, pasteEdit } from '../../src-core/document/clip.ts'
import type { Edit } from '../../src-core/document/edits.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { t } from '../../src-core/language/t.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { heirOfFocus, passFocusTo } from './focus-after-delete.ts'
import { gapBetweenColumns, layerWidth } from './geometry.ts'

/** Deletes the selected layers, wires and notes, as one step of undo. */
export function deleteSelection(): void {
  const { drawing: document, selectedLayers, selectedConnections, selectedNotes } = useProject.getState()
  if (!document) return
  const edit = deleteEdit(document, selectedLayers, selectedConnections, selectedNotes)
  const heir = heirOfFocus()
  if (edit) dispatch(edit)
  passFocusTo(heir)
}

/** The edit that deletes layers, wires and notes; undefined when there is nothing to delete. */
export function deleteEdit(
  document: ModelDocument,
  layers: ReadonlySet<string>,
  connections: ReadonlySet<string>,
  notes: ReadonlySet<string> = new Set(),
): Edit | undefined {
  const wires: Edit[] = document.connections
    .filter((wire) => connections.has(wire.id) && !layers.has(wire.source) && !layers.has(wire.target))
    .map((wire) => ({ type: 'disconnect', connectionId: wire.id }))
  const removals: Edit[] = document.layers
    .filter((layer) => layers.has(layer.id))
    .map((layer) => ({ type: 'removeLayer', layerId: layer.id }))
  const slips: Edit[] = notesOf(document)
    .filter(({ id }) => notes.has(id))
    .map(({ id }) => ({ type: 'removeNote', noteId: id }))
  const edits = [...wires, ...removals, ...slips]
  const [only] = edits
  if (!only) return undefined
  if (edits.length === 1) return only
  return { type: 'group', label: deleteLabel(removals.length, wires.length, slips.length), edits }
}

/** Wires that go with layers are not worth a word. */
function deleteLabel(layers: number, wires: number, notes: number): string {
  const things =
    layers > 0
      ? t('{{count, number}} layers', { count: layers })
      : wires > 0
        ? t('{{count, number}} wires', { count: wires })
        : undefined
  if (things === undefined) return t('Delete {{count, number}} notes', { count: notes })
  return notes > 0
    ? t('Delete {{things}} and {{count, number}} notes', { things, count: notes })
    : t('Delete {{things}}', { things })
}

/** Selects every layer, note and frame. */
export function selectAll(): void {
  const { drawing: document, select } = useProject.getState()
  if (!document) return
  select(
    document.layers.map(({ id }) => id),
    [],
    notesOf(document).map(({ id }) => id),
  )
}

/** Copies the selected layers beside themselves, with the wires among them, and selects the copies. */
export function duplicateSelection(): void {
  const { drawing: document, selectedLayers, selectedNotes, select } = useProject.getState()
  if (!document || selectedLayers.size + selectedNotes.size === 0) return
  const { edit, layerIds, noteIds } = duplicateEdit(document, selectedLayers, selectedNotes)
  dispatch(edit)
  select(layerIds, [], noteIds)
}

/** The edit that copies layers and the wires among them, and the ids of the copies. */
export function duplicateEdit(
  document: ModelDocument,
  layers: ReadonlySet<string>,
  notes: ReadonlySet<string> = new Set(),
): PastedLayers {
  const clip = copyLayers(document, layers, notes)
  const originals = clip?.layers ?? []
  const slips = clip?.notes ?? []
  const left = Math.min(...[...originals, ...slips].map(({ position }) => position.x))
  const right = Math.max(
    ...originals.map(({ position }) => position.x + layerWidth),
    ...slips.map(({ position, size }) => position.x + size.width),
  )
  const [only] = originals
  const label =
    originals.length === 1 && only
      ? t('Duplicate {{name}}', { name: only.name })
      : originals.length > 0
        ? t('Duplicate {{count, number}} layers', { count: originals.length })
        : t('Duplicate {{count, number}} notes', { count: slips.length })
  const offset = { x: right - left + gapBetweenColumns, y: 0 }
  return pasteEdit(document, clip ?? { layers: [], connections: [] }, { offset, label })
}
