import type { WithBlocks } from '../../src-core/document/blocks/block-kinds.ts'
import { layerFace } from '../../src-core/document/blocks/layer-face.ts'
import { directionOf } from '../../src-core/document/canvas-part.ts'
import { applyEdit, type Edit } from '../../src-core/document/edits.ts'
import type { Connection, LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'
import { newConnection, newLayer } from '../../src-core/document/new-elements.ts'
import { t } from '../../src-core/language/t.ts'
import { bestInput, connectEdit, descendants } from './connection-rules.ts'
import { gapBetweenColumns, gapBetweenLayers, gapForShapes, layerHeight, layerWidth } from './geometry.ts'

export interface Position {
  readonly x: number
  readonly y: number
}

export interface NewLayer {
  readonly edit: Edit
  readonly layerId: string
}

/** A layer of a kind at a place, wired to nothing. */
export function placeLayer(document: ModelDocument, kind: string, position: Position): NewLayer {
  const layer = newLayer(document, kind, position)
  return { edit: { type: 'addLayer', layer }, layerId: layer.id }
}

/** Whether a layer of this kind can stand in the middle of a wire. */
export function canSplitWire(kind: string, document: WithBlocks = {}): boolean {
  const definition = layerFace(document, kind)
  return definition !== undefined && definition.inputs.length > 0 && definition.outputs.length > 0
}

/**
 * A new layer in the middle of a wire: what came through the wire now goes through the layer. Layers that would be
 * covered move down.
 */
export function insertOnWire(
  document: ModelDocument,
  kind: string,
  wire: Connection,
  position: Position,
): NewLayer | undefined {
  if (!canSplitWire(kind, document)) return undefined
  const layer = newLayer(document, kind, position)
  const edits = [
    ...makeRoom(document, layer, wire.target),
    { type: 'addLayer', layer } satisfies Edit,
    ...splitWire(document, layer, wire),
  ]
  return {
    edit: { type: 'group', label: t('Insert {{name}}', { name: layer.name }), edits },
    layerId: layer.id,
  }
}

/** Edits that lead a wire through a layer; the wire's place in the order of its port is kept. */
export function splitWire(document: ModelDocument, layer: LayerNode, wire: Connection): readonly Edit[] {
  const definition = layerFace(document, layer.kind)
  const input = definition?.inputs[0]?.name
  const output = definition?.outputs[0]?.name
  if (input === undefined || output === undefined) return []
  const index = document.connections.indexOf(wire)
  const { source, sourcePort, target, targetPort } = wire
  const into = newConnection(document, { source, sourcePort, target: layer.id, targetPort: input })
  const out = newConnection(
    document,
    { source: layer.id, sourcePort: output, target, targetPort },
    new Set([into.id]),
  )
  return [
    { type: 'disconnect', connectionId: wire.id },
    { type: 'connect', connection: out, index },
    { type: 'connect', connection: into },
  ]
}

/** A new layer at the loose end of a wire that comes from a port (or leads to one), connected as far as it can be. */
export function addConnected(
  document: ModelDocument,
  kind: string,
  from: { readonly layerId: string; readonly port: string; readonly side: 'source' | 'target' },
  position: Position,
): NewLayer {
  const { edit, layerId } = placeLayer(document, kind, position)
  const definition = layerFace(document, kind)
  const [mine, theirs] =
    from.side === 'source'
      ? [definition?.inputs[0]?.name, { source: from.layerId, sourcePort: from.port, target: layerId }]
      : [definition?.outputs[0]?.name, { source: layerId, target: from.layerId, targetPort: from.port }]
  if (mine === undefined) return { edit, layerId }
  const ends = 'sourcePort' in theirs ? { ...theirs, targetPort: mine } : { ...theirs, sourcePort: mine }
  const connect = connectEdit(applyEdit(document, edit).document, ends)
  if (!connect) return { edit, layerId }
  return {
    edit: { type: 'group', label: t('Add {{name}}', { name: layerId }), edits: [edit, connect] },
    layerId,
  }
}

/** The flow's own coordinates: along it and across it, and what a layer takes of each. */
function axes(document: ModelDocument) {
  return directionOf(document) === 'down'
    ? ({ along: 'y', across: 'x', length: layerHeight, breadth: layerWidth, gap: gapBetweenLayers } as const)
    : ({ along: 'x', across: 'y', length: layerWidth, breadth: layerHeight, gap: gapForShapes } as const)
}

/** Moves `first` and what follows it on along the flow when a new layer would overlap it. */
function makeRoom(document: ModelDocument, layer: LayerNode, first: string): readonly Edit[] {
  const target = document.layers.find((other) => other.id === first)
  if (!target) return []
  const { along, across, length, breadth, gap } = axes(document)
  const missing = layer.position[along] + length + gap - target.position[along]
  const overlaps = Math.abs(target.position[across] - layer.position[across]) < breadth
  if (!overlaps || missing <= 0 || target.position[along] + length < layer.position[along]) return []
  const behind = descendants(document, first)
  const positions = Object.fromEntries(
    document.layers
      .filter((other) => behind.has(other.id) && other.position[along] >= target.position[along])
      .map((other) => [other.id, { ...other.position, [along]: other.position[along] + missing }]),
  )
  return [{ type: 'moveLayers', positions }]
}

/**
 * A new layer after the selected ones. In a chain (one layer selected, its result going one way) it is inserted in
 * that way; otherwise it is placed behind them and wired to each of them as far as its inputs allow.
 */
export function addAfter(
  document: ModelDocument,
  kind: string,
  selected: ReadonlySet<string>,
  fallback: Position,
  heightOf: (layerId: string) => number = () => layerHeight,
): NewLayer {
  const chosen = document.layers.filter((layer) => selected.has(layer.id) && hasOutput(document, layer))
  const [first] = chosen
  // What ends a network belongs at the end of the chain, wherever in it the selection is.
  const sources =
    first && chosen.length === 1 && !canSplitWire(kind, document) ? [endOfChain(document, first)] : chosen
  const { along, length, gap } = axes(document)
  const lowest = sources.toSorted((one, other) => other.position[along] - one.position[along])[0]
  if (!lowest) return placeLayer(document, kind, freePlace(document, fallback))
  const taken = along === 'y' ? heightOf(lowest.id) : length
  const below = { ...lowest.position, [along]: lowest.position[along] + taken + gap }
  const wires = document.connections.filter((wire) => wire.source === lowest.id)
  const [only] = wires
  if (sources.length === 1 && wires.length === 1 && only) {
    const inserted = insertOnWire(document, kind, only, below)
    if (inserted) return inserted
  }
  return appendTo(document, kind, sources, freePlace(document, below))
}

/** Follows the only way a result goes as long as it leads to layers that have a result themselves. */
function endOfChain(document: ModelDocument, start: LayerNode): LayerNode {
  const seen = new Set([start])
  for (let layer = start; ; ) {
    const wires = document.connections.filter((wire) => wire.source === layer.id)
    const next = document.layers.find((candidate) => candidate.id === wires[0]?.target)
    if (wires.length !== 1 || !next || !hasOutput(document, next) || seen.has(next)) return layer
    seen.add(next)
    layer = next
  }
}

function hasOutput(document: ModelDocument, layer: LayerNode): boolean {
  return (layerFace(document, layer.kind)?.outputs.length ?? 0) > 0
}

function appendTo(
  document: ModelDocument,
  kind: string,
  sources: readonly LayerNode[],
  position: Position,
): NewLayer {
  const { edit, layerId } = placeLayer(document, kind, position)
  const edits: Edit[] = [edit]
  let current = applyEdit(document, edit).document
  for (const source of sources) {
    const ends = bestInput(current, source.id, layerId)
    const connect = ends && connectEdit(current, ends)
    // Only one of several selected layers fits a single input: the first one keeps it.
    if (!connect || connect.type === 'group') continue
    edits.push(connect)
    current = applyEdit(current, connect).document
  }
  if (edits.length === 1) return { edit, layerId }
  return { edit: { type: 'group', label: t('Add {{name}}', { name: layerId }), edits }, layerId }
}

/** The first place across the flow from `wanted` where no layer is. */
export function freePlace(document: ModelDocument, wanted: Position): Position {
  const { across } = axes(document)
  const step = across === 'x' ? layerWidth + gapBetweenLayers : layerHeight + gapBetweenColumns
  let place = wanted
  const taken = () =>
    document.layers.some(
      ({ position }) =>
        Math.abs(position.x - place.x) < layerWidth && Math.abs(position.y - place.y) < layerHeight + 8,
    )
  while (taken()) place = { ...place, [across]: place[across] + step }
  return place
}
