import { type NodeHandle, Position } from 'reactflow'
import type { LayerFace } from '../../src-core/document/blocks/layer-face.ts'
import type { PortDefinition } from '../../src-core/layers/define-layer.ts'
import { layerHeight, layerWidth } from './geometry.ts'

/** Sizes of a port's dot, and what the card's edges take (layer-card.css). */
const [dot, wideDot] = [11, 34]
const [leftEdge, otherEdge] = [4, 1]

/** Where a kind's ports are on its card, so that wires can be drawn to layers that are not on screen. */
export function portPlaces(definition: LayerFace | undefined): NodeHandle[] {
  return [...places(definition?.inputs ?? [], 'target'), ...places(definition?.outputs ?? [], 'source')]
}

/** How far along the card's edge a port lies, from 0 to 1. */
export function portShare(index: number, count: number): number {
  return (index + 1) / (count + 1)
}

function places(ports: readonly PortDefinition[], type: 'source' | 'target'): NodeHandle[] {
  return ports.map((port, index) => {
    const width = port.many ? wideDot : dot
    const middle = leftEdge + portShare(index, ports.length) * (layerWidth - leftEdge - otherEdge)
    const edge = type === 'target' ? otherEdge : layerHeight - otherEdge
    return {
      id: port.name,
      type,
      position: type === 'target' ? Position.Top : Position.Bottom,
      x: middle - width / 2,
      y: edge - dot / 2,
      width,
      height: dot,
    }
  })
}
