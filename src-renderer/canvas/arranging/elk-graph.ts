import type { ElkExtendedEdge, ElkNode, ElkPort, LayoutOptions } from 'elkjs/lib/elk-api.js'
import { layerFace } from '../../../src-core/document/blocks/layer-face.ts'
import { type FlowDirection, type Note, notesOf } from '../../../src-core/document/canvas-part.ts'
import type { LayerNode, ModelDocument } from '../../../src-core/document/model-document.ts'
import { gapBetweenColumns, gapBetweenLayers, gapForShapes, layerHeight, layerWidth } from '../geometry.ts'
import { portPlaces } from '../port-places.ts'
import { frameOfFrames, frameOfLayers, frameOfNotes, framePadding } from './frames.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export type SizeOf = (layerId: string) => Size | undefined

const sides = {
  down: { source: 'SOUTH', target: 'NORTH' },
  right: { source: 'EAST', target: 'WEST' },
} as const

/**
 * The drawing as ELK lays it out: layers with their ports where the cards have them, frames around the layers and notes
 * that stand in them, wires from port to port. Notes outside frames are left out. Wires to nowhere are left out. Names of the options: the Eclipse Layout Kernel's reference.
 */
export function elkGraph(document: ModelDocument, direction: FlowDirection, sizeOf: SizeOf): ElkNode {
  const frames = notesOf(document).filter(({ kind }) => kind === 'frame')
  const frameOf = frameOfLayers(document)
  const framesOfNotes = frameOfNotes(notesOf(document))
  const used = usedFrames(frames, [...frameOf.values()], frameOfFrames(frames))
  const nodes = new Map<string, ElkNode>(
    used.map((frame) => [frameKey(frame.id), { id: frameKey(frame.id), children: [], ...frameOptions }]),
  )
  const root: ElkNode = { id: 'drawing', children: [], edges: [] }
  const parentOf = (frameId: string | undefined) =>
    (frameId === undefined ? undefined : nodes.get(frameKey(frameId))) ?? root
  const outer = frameOfFrames(frames)
  for (const frame of used) {
    const node = nodes.get(frameKey(frame.id))
    if (node) parentOf(outer.get(frame.id)).children?.push(node)
  }
  for (const layer of document.layers) {
    parentOf(frameOf.get(layer.id)).children?.push(layerNode(document, layer, direction, sizeOf(layer.id)))
  }
  for (const { id, size } of notesOf(document)) {
    const frameId = framesOfNotes.get(id)
    if (frameId !== undefined && nodes.has(frameKey(frameId))) {
      parentOf(frameId).children?.push({ id: noteKey(id), ...size })
    }
  }
  root.edges = edges(document)
  root.layoutOptions = options(direction, used.length > 0)
  return root
}

/** Frames that hold a layer, themselves or in a frame inside: ELK has no use for the others. */
function usedFrames(
  frames: readonly Note[],
  holding: readonly string[],
  outer: ReadonlyMap<string, string>,
): readonly Note[] {
  const used = new Set<string>()
  for (const frameId of holding) {
    for (let id: string | undefined = frameId; id !== undefined && !used.has(id); id = outer.get(id))
      used.add(id)
  }
  return frames.filter(({ id }) => used.has(id))
}

function frameKey(frameId: string): string {
  return `frame ${frameId}`
}

/** The id of a layer's node in ELK's graph: frames may have the ids of layers. */
export function layerKey(layerId: string): string {
  return `layer ${layerId}`
}

/** The id of a note's node; only notes in frames with layers have one. */
export function noteKey(noteId: string): string {
  return `note ${noteId}`
}

const { top, side, bottom } = framePadding
const frameOptions = {
  layoutOptions: { 'elk.padding': `[top=${top},left=${side},bottom=${bottom},right=${side}]` },
}

function options(direction: FlowDirection, withFrames: boolean): LayoutOptions {
  const between = direction === 'down' ? gapBetweenLayers : gapForShapes
  return {
    'elk.algorithm': 'layered',
    'elk.direction': direction === 'down' ? 'DOWN' : 'RIGHT',
    'elk.padding': '[top=0,left=0,bottom=0,right=0]',
    'elk.spacing.nodeNode': String(gapBetweenColumns),
    'elk.spacing.componentComponent': String(gapBetweenColumns),
    'elk.spacing.edgeNode': String(gapBetweenColumns / 2),
    'elk.layered.spacing.nodeNodeBetweenLayers': String(between),
    'elk.layered.spacing.edgeNodeBetweenLayers': '8',
    // Branches keep the order in which they were drawn, where that costs no crossing; so one drawing always gives one
    // arrangement.
    'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
    ...(withFrames && { 'elk.hierarchyHandling': 'INCLUDE_CHILDREN' }),
  }
}

function layerNode(
  document: ModelDocument,
  layer: LayerNode,
  direction: FlowDirection,
  size: Size | undefined,
): ElkNode {
  const { width, height } = size ?? { width: layerWidth, height: layerHeight }
  const ports = portPlaces(layerFace(document, layer.kind), direction).map((place): ElkPort => {
    const type = place.type === 'source' ? 'source' : 'target'
    const along = direction === 'down' ? place.x + (place.width ?? 0) / 2 : place.y + (place.height ?? 0) / 2
    const far = type === 'source'
    return {
      id: portKey(layer.id, type, place.id ?? ''),
      x: direction === 'down' ? along : far ? width : 0,
      y: direction === 'right' ? along : far ? height : 0,
      layoutOptions: { 'elk.port.side': sides[direction][type] },
    }
  })
  return {
    id: layerKey(layer.id),
    width,
    height,
    ports,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
  }
}

function portKey(layerId: string, side: 'source' | 'target', port: string): string {
  return JSON.stringify([layerId, side, port])
}

function edges(document: ModelDocument): ElkExtendedEdge[] {
  const known = new Set(
    document.layers.flatMap(({ id, kind }) =>
      portPlaces(layerFace(document, kind)).map((place) =>
        portKey(id, place.type === 'source' ? 'source' : 'target', place.id ?? ''),
      ),
    ),
  )
  return document.connections.flatMap((wire): ElkExtendedEdge[] => {
    const source = portKey(wire.source, 'source', wire.sourcePort)
    const target = portKey(wire.target, 'target', wire.targetPort)
    return known.has(source) && known.has(target)
      ? [{ id: `wire ${wire.id}`, sources: [source], targets: [target] }]
      : []
  })
}
