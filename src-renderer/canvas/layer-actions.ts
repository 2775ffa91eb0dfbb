import { notesOf } from '../../src-core/document/canvas-part.ts'
import type { Edit } from '../../src-core/document/edits.ts'
import { isBypassed, isPinned } from '../../src-core/document/layer-edits.ts'
import type { LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'
import { t } from '../../src-core/language/t.ts'
import { canvas } from '../state/canvas-handle.ts'
import { openPicker } from '../state/picker-store.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { notify } from '../ui/toast-store.ts'
import { canSplitWire } from './add-layer.ts'
import { type Alignment, alignEdit, type DistributionAxis, distributeEdit } from './arrange.ts'
import { heirOfFocus, passFocusTo } from './focus-after-delete.ts'
import { gridSize } from './geometry.ts'
import { healEdit } from './heal.ts'
import { editNote } from './notes/note-actions.ts'
import { movesEdit, withContents } from './notes/note-moves.ts'
import { replaceEdit } from './replace-layer.ts'
import { type WalkDirection, walkFrom } from './walk.ts'

/** Makes a layer one of another kind; says so where that cannot be done. */
export function replaceLayer(layerId: string, kind: string): void {
  const { drawing: document } = useProject.getState()
  const edit = document && replaceEdit(document, layerId, kind)
  if (edit) dispatch(edit)
}

/** Bypasses the selected layers; switches them on again when all of them are bypassed. */
export function toggleBypass(): void {
  const { drawing: document, selectedLayers } = useProject.getState()
  const edit = document && bypassEdit(document, selectedLayers)
  if (edit) dispatch(edit)
  else if (selectedLayers.size > 0) {
    notify({ tone: 'neutral', title: t('An input or an output layer cannot be bypassed.') })
  }
}

/** The edit that bypasses layers, or switches them on when all are bypassed; undefined where none can be. */
export function bypassEdit(document: ModelDocument, layerIds: ReadonlySet<string>): Edit | undefined {
  const layers = document.layers.filter(
    (layer) => layerIds.has(layer.id) && (canSplitWire(layer.kind, document) || isBypassed(layer)),
  )
  const bypassed = !layers.every(isBypassed)
  const changed = layers.filter((layer) => isBypassed(layer) !== bypassed)
  const edits = changed.map((layer): Edit => ({ type: 'setBypassed', layerId: layer.id, bypassed }))
  const [only] = edits
  if (edits.length < 2) return only
  const count = edits.length
  const label = bypassed
    ? t('Bypass {{count, number}} layers', { count })
    : t('Enable {{count, number}} layers', { count })
  return { type: 'group', label, edits }
}

/** Pins the selected layers where they are; lets go of them when all of them are pinned. */
export function togglePin(): void {
  const { drawing: document, selectedLayers } = useProject.getState()
  const edit = document && pinEdit(document, selectedLayers)
  if (edit) dispatch(edit)
}

/** The edit that pins layers, or unpins them when all are pinned; undefined where there are none. */
export function pinEdit(document: ModelDocument, layerIds: ReadonlySet<string>): Edit | undefined {
  const layers = document.layers.filter(({ id }) => layerIds.has(id))
  const pinned = !layers.every(isPinned)
  const changed = layers.filter((layer) => isPinned(layer) !== pinned)
  const edits = changed.map((layer): Edit => ({ type: 'setPinned', layerId: layer.id, pinned }))
  const [only] = edits
  if (edits.length < 2) return only
  const count = edits.length
  const label = pinned
    ? t('Pin {{count, number}} layers', { count })
    : t('Unpin {{count, number}} layers', { count })
  return { type: 'group', label, edits }
}

/** Deletes the selected layers and connects what they stood between. */
export function deleteAndReconnect(): void {
  const { drawing: document, selectedLayers } = useProject.getState()
  const edit = document && healEdit(document, selectedLayers)
  const heir = heirOfFocus()
  if (edit) dispatch(edit)
  passFocusTo(heir)
}

/** Lines up the selected layers. */
export function alignSelection(alignment: Alignment): void {
  const { drawing: document, selectedLayers } = useProject.getState()
  const edit = document && alignEdit(document, selectedLayers, alignment, sizeOf)
  if (edit) dispatch(edit)
}

/** Leaves equal gaps between the selected layers. */
export function distributeSelection(axis: DistributionAxis): void {
  const { drawing: document, selectedLayers } = useProject.getState()
  const edit = document && distributeEdit(document, selectedLayers, axis, sizeOf)
  if (edit) dispatch(edit)
}

function sizeOf(layerId: string) {
  return canvas()?.sizeOf(layerId)
}

type Movable = Pick<LayerNode, 'id' | 'position'>

/** How many grid steps the large step of the arrow keys is; React Flow's own, too. */
const largeStep = 4

/** Moves the selected layers and notes by a step of the grid. */
export function nudgeSelection(direction: WalkDirection, large: boolean): void {
  const { drawing: document, selectedLayers, selectedNotes } = useProject.getState()
  if (!document) return
  const step = gridSize * (large ? largeStep : 1)
  const dx = direction === 'left' ? -step : direction === 'right' ? step : 0
  const dy = direction === 'up' ? -step : direction === 'down' ? step : 0
  const moved = (list: readonly Movable[], chosen: ReadonlySet<string>) =>
    new Map(
      list
        .filter(({ id }) => chosen.has(id))
        .map(({ id, position }) => [id, { x: position.x + dx, y: position.y + dy }]),
    )
  const layers = moved(document.layers, selectedLayers)
  const notes = moved(notesOf(document), selectedNotes)
  const edit = movesEdit(document, withContents(document, { layers, notes }))
  if (edit) dispatch(edit, { coalesceKey: `nudge:${[...layers.keys(), ...notes.keys()].join()}` })
}

/** Selects the next layer in a direction, along the wires; the first layer when none is selected. */
export function walk(direction: WalkDirection): void {
  const { drawing: document, selectedLayers, select } = useProject.getState()
  const [from] = selectedLayers
  if (!document) return
  const next = from === undefined ? document.layers[0] : walkFrom(document, from, direction)
  if (!next) return
  select([next.id])
  canvas()?.focus(next.id)
}

/** The one layer that is selected. */
export function selectedLayer(): LayerNode | undefined {
  const { drawing: document, selectedLayers } = useProject.getState()
  const [only, ...others] = selectedLayers
  return others.length > 0 ? undefined : document?.layers.find(({ id }) => id === only)
}

/** Asks by which kind to replace the selected layer. */
export function askReplacement(): void {
  const layer = selectedLayer()
  if (layer) openPicker({ type: 'replace', layerId: layer.id })
}

/** Asks where a wire from the selected layer shall lead. */
export function askTarget(): void {
  const layer = selectedLayer()
  if (layer) openPicker({ type: 'connect', layerId: layer.id })
}

/** Removes the selected wires, or the one wire of the selected layer; asks which one where there are several. */
export function removeWire(): void {
  const { drawing: document, selectedConnections } = useProject.getState()
  const layer = selectedLayer()
  const wires = (document?.connections ?? []).filter(({ id, source, target }) =>
    layer ? source === layer.id || target === layer.id : selectedConnections.has(id),
  )
  const [only] = wires
  if (layer && wires.length > 1) openPicker({ type: 'disconnect', layerId: layer.id })
  else if (wires.length > 1) {
    const edits = wires.map(({ id }): Edit => ({ type: 'disconnect', connectionId: id }))
    dispatch({ type: 'group', label: t('Delete {{count, number}} wires', { count: wires.length }), edits })
  } else if (only) dispatch({ type: 'disconnect', connectionId: only.id })
}

/** Asks which layer to add, in the middle of the canvas. */
export function askLayer(): void {
  const middle = canvas()?.middle()
  if (middle) openPicker({ type: 'add', at: { x: middle.x - 165, y: middle.y - 120 } })
}

/** Puts the cursor into the field with the selected layer's name, or a note's text. */
export function renameSelected(): void {
  const [noteId] = useProject.getState().selectedNotes
  if (!selectedLayer() && noteId !== undefined) editNote(noteId)
  const field = window.document.querySelector<HTMLInputElement>('[data-layer-name]')
  field?.focus()
  field?.select()
}
