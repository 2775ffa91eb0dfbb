import { type NodeHandle, Position } from 'reactflow'
import type { LayerFace } from '../../src-core/document/blocks/layer-face.ts'
import type { FlowDirection } from '../../src-core/document/canvas-part.ts'
import type { PortDefinition } from '../../src-core/layers/define-layer.ts'
import { layerHeight, layerWidth } from './geometry.ts'

/** Sizes of a port's dot, and what the card's edges take (layer-card.css). */
const [dot, wideDot] = [11, 34]
const [leftEdge, otherEdge] = [4, 1]

const sides = {
  down: { source: Position.Bottom, target: Position.Top },
  right: { source: Position.Right, target: Position.Left },
} as const

/** The side of a card at which its inputs or outputs are. */
export function portSide(type: 'source' | 'target', direction: FlowDirection): Position {
  return sides[direction][type]
}

/** Where a kind's ports are on its card, so that wires can be drawn to layers that are not on screen. */
export function portPlaces(
  definition: LayerFace | undefined,
  direction: FlowDirection = 'down',
): NodeHandle[] {
  return [
    ...places(definition?.inputs ?? [], 'target', direction),
    ...places(definition?.outputs ?? [], 'source', direction),
  ]
}

/** How far along the card's edge a port lies, from 0 to 1. */
export function portShare(index: number, count: number): number {
  return (index + 1) / (count + 1)
}

function places(
  ports: readonly PortDefinition[],
  type: 'source' | 'target',
  direction: FlowDirection,
): NodeHandle[] {
  return ports.map((port, index) => {
    const long = port.many ? wideDot : dot
    const share = portShare(index, ports.length)
    const common = { id: port.name, type, position: portSide(type, direction) }
    if (direction === 'right') {
      const middle = otherEdge + share * (layerHeight - 2 * otherEdge)
      const edge = type === 'target' ? leftEdge : layerWidth - otherEdge
      return { ...common, x: edge - dot / 2, y: middle - long / 2, width: dot, height: long }
    }
    const middle = leftEdge + share * (layerWidth - leftEdge - otherEdge)
    const edge = type === 'target' ? otherEdge : layerHeight - otherEdge
    return { ...common, x: middle - long / 2, y: edge - dot / 2, width: long, height: dot }
  })
}
