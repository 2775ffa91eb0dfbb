import { type NodeHandle, Position } from 'reactflow'
import { type CanvasNode, isLayerNode, type WireFlowEdge } from '../flow-types.ts'
import { wirePath } from '../wire-path.ts'

/** So many wires are one path: one that moves has only its neighbours drawn again with it. */
const wiresPerPath = 64

interface KnownWire {
  readonly edge: WireFlowEdge
  readonly source: CanvasNode
  readonly target: CanvasNode
  readonly path: string
}

/**
 * The curves of wires, many in each path. Keeps what it made: of a wire whose ends did not change, which nodes that stay
 * the same objects tell.
 */
export class FarPaths {
  #known = new Map<string, KnownWire>()

  /** The paths of all wires, each of so many in the order given. A wire to a node that is not there is left out. */
  of(nodes: readonly CanvasNode[], edges: readonly WireFlowEdge[]): string[] {
    const byId = new Map(nodes.map((node) => [node.id, node]))
    const known = new Map<string, KnownWire>()
    const paths: string[] = []
    for (let first = 0; first < edges.length; first += wiresPerPath) {
      const parts: string[] = []
      for (const edge of edges.slice(first, first + wiresPerPath)) {
        const [source, target] = [byId.get(edge.source), byId.get(edge.target)]
        if (!source || !target) continue
        const wire = this.#wire(edge, source, target)
        known.set(edge.id, wire)
        parts.push(wire.path)
      }
      paths.push(parts.join(' '))
    }
    this.#known = known
    return paths
  }

  #wire(edge: WireFlowEdge, source: CanvasNode, target: CanvasNode): KnownWire {
    const known = this.#known.get(edge.id)
    if (known?.edge === edge && known.source === source && known.target === target) return known
    const from = endOf(source, 'source', edge.sourceHandle)
    const to = endOf(target, 'target', edge.targetHandle)
    const direction = isLayerNode(source) ? source.data.direction : 'down'
    const ends = { sourceX: from.x, sourceY: from.y, targetX: to.x, targetY: to.y }
    return { edge, source, target, path: wirePath(ends, edge.data?.detour, direction).path }
  }
}

/** Where a wire meets a card: at the outer edge of the port, as React Flow has it. */
function endOf(node: CanvasNode, type: 'source' | 'target', id: string | null | undefined) {
  const { x, y } = node.position
  const handle = node.handles?.find((one) => one.type === type && one.id === id)
  if (!handle) return { x, y }
  const { x: left, y: top, width, height } = sized(handle)
  switch (handle.position) {
    case Position.Bottom:
      return { x: x + left + width / 2, y: y + top + height }
    case Position.Right:
      return { x: x + left + width, y: y + top + height / 2 }
    case Position.Left:
      return { x: x + left, y: y + top + height / 2 }
    default:
      return { x: x + left + width / 2, y: y + top }
  }
}

function sized({ x, y, width = 0, height = 0 }: NodeHandle) {
  return { x, y, width, height }
}
