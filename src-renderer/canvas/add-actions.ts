import { adoptSavedBlock } from '../../src-core/document/blocks/saved-block.ts'
import { applyEdit, type Edit } from '../../src-core/document/edits.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { t } from '../../src-core/language/t.ts'
import type { Shape } from '../../src-core/tensor-graph/types.ts'
import { canvas } from '../state/canvas-handle.ts'
import { useCompile } from '../state/compile-store.ts'
import type { WindowPoint, WireStart } from '../state/picker-store.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { addAfter, addConnected, insertOnWire, type NewLayer, placeLayer, splitWire } from './add-layer.ts'
import { prototypeOf } from './block-prototypes.ts'
import { gridSize, layerHeight, layerWidth } from './geometry.ts'
import type { DropTarget } from './palette-drag.ts'

/** Adds a layer after what is selected (in the middle of the view when nothing is) and selects it. */
export function addFromPalette(kind: string): void {
  const { selectedLayers } = useProject.getState()
  const place = cornerFor(canvas()?.centre() ?? { x: 0, y: 0 })
  const heightOf = (id: string) => canvas()?.sizeOf(id)?.height ?? layerHeight
  add(kind, (document, known) => addAfter(document, known, selectedLayers, place, heightOf))
}

/** Drops a layer on the canvas, into a wire when it is let go over one, and selects it. */
export function dropFromPalette(kind: string, target: DropTarget): void {
  const point = canvas()?.toDocument(target)
  if (!point) return
  const place = cornerFor(point)
  add(kind, (document, known) => {
    const wire = document.connections.find((connection) => connection.id === target.wire)
    return (wire && insertOnWire(document, known, wire, place)) ?? placeLayer(document, known, place)
  })
}

/** Adds a layer at a point of the window, at the loose end of a wire, and selects it. */
export function addAtWireEnd(kind: string, from: WireStart, at: WindowPoint): void {
  const point = canvas()?.toDocument(at)
  if (point) add(kind, (document, known) => addConnected(document, known, from, cornerFor(point)))
}

/** Adds a layer of a kind of the palette; a block that the drawing does not have yet is brought into it. */
function add(kind: string, make: (document: ModelDocument, kind: string) => NewLayer): void {
  const { drawing } = useProject.getState()
  if (!drawing) return
  const prototype = prototypeOf(kind)
  if (!prototype) {
    apply(make(drawing, kind))
    return
  }
  const adopted = adoptSavedBlock(drawing, prototype.saved)
  const { edit, layerId } = make(adopted.document, adopted.kind)
  const parameters = prototype.parametersFor(shapeInto(applyEdit(adopted.document, edit).document, layerId))
  const edits: Edit[] = [...adopted.edits, edit]
  if (Object.keys(parameters).length > 0) edits.push({ type: 'setParameters', layerId, parameters })
  const label = t('Add {{name}}', { name: layerId })
  apply({ edit: { type: 'group', label, edits }, layerId })
}

/** The shape of what comes into a layer by its first wire, as far as it is known. */
function shapeInto(document: ModelDocument, layerId: string): Shape | undefined {
  const wire = document.connections.find(({ target }) => target === layerId)
  const view = wire && useCompile.getState().layers.get(wire.source)
  return wire && (view?.outputShapes?.get(wire.sourcePort) ?? view?.outputShape)
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
