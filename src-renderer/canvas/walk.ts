import { directionOf } from '../../src-core/document/canvas-part.ts'
import type { LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'

export type WalkDirection = 'up' | 'down' | 'left' | 'right'

/**
 * The layer that is reached from another one by a key: up and down along the wires (the nearest where there are
 * several), left and right among the layers that share a source or a target with it, else to the nearest layer on that
 * side. Where the flow runs to the right, left and right go along the wires. Undefined where there is none.
 */
export function walkFrom(
  document: ModelDocument,
  layerId: string,
  direction: WalkDirection,
): LayerNode | undefined {
  const from = document.layers.find(({ id }) => id === layerId)
  if (!from) return undefined
  const [before, after, across] =
    directionOf(document) === 'down' ? (['up', 'down', 'x'] as const) : (['left', 'right', 'y'] as const)
  if (direction === before || direction === after) {
    return nearest(from, alongWires(document, layerId, direction === before ? 'up' : 'down'))
  }
  const isBeside = ({ position }: LayerNode) =>
    direction === 'left' || direction === 'up'
      ? position[across] < from.position[across]
      : position[across] > from.position[across]
  return (
    nearest(from, siblings(document, layerId).filter(isBeside)) ??
    nearest(from, document.layers.filter(isBeside))
  )
}

function alongWires(document: ModelDocument, layerId: string, direction: 'up' | 'down'): LayerNode[] {
  const ids = new Set(
    document.connections.flatMap(({ source, target }) => {
      if (direction === 'up') return target === layerId ? [source] : []
      return source === layerId ? [target] : []
    }),
  )
  return document.layers.filter(({ id }) => ids.has(id))
}

function siblings(document: ModelDocument, layerId: string): LayerNode[] {
  const sources = new Set(alongWires(document, layerId, 'up').map(({ id }) => id))
  const targets = new Set(alongWires(document, layerId, 'down').map(({ id }) => id))
  const ids = new Set(
    document.connections.flatMap(({ source, target }) => [
      ...(sources.has(source) ? [target] : []),
      ...(targets.has(target) ? [source] : []),
    ]),
  )
  return document.layers.filter(({ id }) => id !== layerId && ids.has(id))
}

function nearest(from: LayerNode, layers: readonly LayerNode[]): LayerNode | undefined {
  const distance = ({ position }: LayerNode) =>
    Math.hypot(position.x - from.position.x, position.y - from.position.y)
  return layers.toSorted((one, other) => distance(one) - distance(other))[0]
}
