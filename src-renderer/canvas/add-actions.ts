import { adoptSavedBlock, type SavedBlock } from '../../src-core/document/blocks/saved-block.ts'
import type { Edit } from '../../src-core/document/edits.ts'
import { t } from '../../src-core/language/t.ts'
import { canvas } from '../state/canvas-handle.ts'
import type { WindowPoint, WireStart } from '../state/picker-store.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { addAfter, addConnected, insertOnWire, type NewLayer, placeLayer, splitWire } from './add-layer.ts'
import { gridSize, layerHeight, layerWidth } from './geometry.ts'
import type { DropTarget } from './palette-drag.ts'

/** Adds a layer after what is selected (in the middle of the view when nothing is) and selects it. */
export function addFromPalette(kind: string): void {
  const { drawing: document, selectedLayers } = useProject.getState()
  if (!document) return
  const centre = canvas()?.centre() ?? { x: 0, y: 0 }
  const place = cornerFor(centre)
  apply(addAfter(document, kind, selectedLayers, place, (id) => canvas()?.sizeOf(id)?.height ?? layerHeight))
}

/** Adds a block that the person keeps after what is selected, as from the palette, and brings it into the document. */
export function addSavedBlock(saved: SavedBlock): void {
  const { drawing, selectedLayers } = useProject.getState()
  if (!drawing) return
  const { edits, document, kind } = adoptSavedBlock(drawing, saved)
  const place = cornerFor(canvas()?.centre() ?? { x: 0, y: 0 })
  const heightOf = (id: string) => canvas()?.sizeOf(id)?.height ?? layerHeight
  const added = addAfter(document, kind, selectedLayers, place, heightOf)
  const edit: Edit = {
    type: 'group',
    label: t('Add {{name}}', { name: saved.name }),
    edits: [...edits, added.edit],
  }
  apply({ edit, layerId: added.layerId })
}

/** Drops a layer on the canvas, into a wire when it is let go over one, and selects it. */
export function dropFromPalette(kind: string, target: DropTarget): void {
  const { drawing: document } = useProject.getState()
  const point = canvas()?.toDocument(target)
  if (!document || !point) return
  const place = cornerFor(point)
  const wire = document.connections.find((connection) => connection.id === target.wire)
  const inserted = wire && insertOnWire(document, kind, wire, place)
  apply(inserted ?? placeLayer(document, kind, place))
}

/** Adds a layer at a point of the window, at the loose end of a wire, and selects it. */
export function addAtWireEnd(kind: string, from: WireStart, at: WindowPoint): void {
  const { drawing: document } = useProject.getState()
  const point = canvas()?.toDocument(at)
  if (!document || !point) return
  apply(addConnected(document, kind, from, cornerFor(point)))
}

/** Leads a wire through a layer that was dragged onto it, when the layer has no wires yet. */
export function dropOnWire(layerId: string, wireId: string, gesture: string): void {
  const { drawing: document } = useProject.getState()
  const layer = document?.layers.find((candidate) => candidate.id === layerId)
  const wire = document?.connections.find((connection) => connection.id === wireId)
  if (!document || !layer || !wire) return
  if (document.connections.some(({ source, target }) => source === layerId || target === layerId)) return
  const edits = splitWire(document, layer, wire)
  if (edits.length === 0) return
  dispatch(
    { type: 'group', label: t('Insert {{name}}', { name: layer.name }), edits },
    { coalesceKey: gesture },
  )
}

function cornerFor(centre: { readonly x: number; readonly y: number }) {
  const snap = (value: number) => Math.round(value / gridSize) * gridSize
  return { x: snap(centre.x - layerWidth / 2), y: snap(centre.y - layerHeight / 2) }
}

function apply({ edit, layerId }: NewLayer): void {
  const { select } = useProject.getState()
  dispatch(edit)
  select([layerId])
  canvas()?.reveal(layerId)
}
