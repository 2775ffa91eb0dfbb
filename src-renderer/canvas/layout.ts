import dagre from '@dagrejs/dagre'
import type { Edit } from '../../src-core/document/edits.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { gapBetweenColumns, gapBetweenLayers, gridSize, layerHeight, layerWidth } from './geometry.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Positions (upper left corners) that show the flow from top to bottom with few crossings, after Sugiyama as dagre
 * does it. The upper left corner of the whole drawing stays where it is.
 */
export function tidyPositions(
  document: ModelDocument,
  sizeOf: (layerId: string) => Size | undefined,
): Record<string, { x: number; y: number }> {
  const graph = new dagre.graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', ranksep: gapBetweenLayers, nodesep: gapBetweenColumns })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const layer of document.layers) {
    graph.setNode(layer.id, { ...(sizeOf(layer.id) ?? { width: layerWidth, height: layerHeight }) })
  }
  const known = new Set(document.layers.map((layer) => layer.id))
  for (const wire of document.connections) {
    if (known.has(wire.source) && known.has(wire.target)) graph.setEdge(wire.source, wire.target, {}, wire.id)
  }
  dagre.layout(graph)
  const placed = document.layers.map((layer) => {
    const { x, y, width, height } = graph.node(layer.id)
    return { id: layer.id, x: x - width / 2, y: y - height / 2 }
  })
  const left = Math.min(...document.layers.map((layer) => layer.position.x))
  const top = Math.min(...document.layers.map((layer) => layer.position.y))
  return Object.fromEntries(placed.map(({ id, x, y }) => [id, { x: snap(x + left), y: snap(y + top) }]))
}

function snap(value: number): number {
  return Math.round(value / gridSize) * gridSize
}

/** The edit that tidies a document; undefined when nothing would move. */
export function tidyEdit(
  document: ModelDocument,
  sizeOf: (layerId: string) => Size | undefined,
): Edit | undefined {
  if (document.layers.length === 0) return undefined
  const wanted = tidyPositions(document, sizeOf)
  const moved = document.layers.filter((layer) => {
    const to = wanted[layer.id]
    return to && (to.x !== layer.position.x || to.y !== layer.position.y)
  })
  if (moved.length === 0) return undefined
  const positions = Object.fromEntries(moved.map((layer) => [layer.id, wanted[layer.id] ?? layer.position]))
  return { type: 'group', label: 'Tidy', edits: [{ type: 'moveLayers', positions }] }
}
