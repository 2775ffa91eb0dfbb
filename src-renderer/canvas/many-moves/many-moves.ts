import type { NodeChange, XYPosition } from 'reactflow'
import { create } from 'zustand'
import { type CanvasNode, isLayerNode, type WireFlowEdge } from '../flow-types.ts'
import { MovedPictures } from './moved-pictures.ts'

/**
 * From so many on, what is dragged is moved on the screen alone until it is let go: React Flow would make every one of them,
 * and each of their wires, anew at every step.
 */
const many = 30

interface ManyMoves {
  /** What is dragged that way, the same object through the whole drag; null while nothing is. */
  readonly moved: ReadonlySet<string> | null
  /** Where it is now. */
  readonly positions: ReadonlyMap<string, XYPosition>
}

const nothing: ManyMoves = { moved: null, positions: new Map() }

/** A drag of very many layers and notes that is under way. */
export const useManyMoves = create<ManyMoves>()(() => nothing)

let pictures: MovedPictures | undefined

/**
 * Takes a step of a drag of very many over, as long as all of them are on the screen; returns whether it did. The drag's
 * first step is not taken: by it React Flow marks what is dragged.
 */
export function takeManyMoves(
  changes: readonly NodeChange<CanvasNode>[],
  nodes: readonly CanvasNode[],
): boolean {
  if (changes.length < many) return false
  const positions = new Map<string, XYPosition>()
  for (const change of changes) {
    if (change.type !== 'position' || change.dragging !== true || !change.position) return false
    positions.set(change.id, change.position)
  }
  const isUnderWay = nodes.some(({ id, dragging }) => dragging === true && positions.has(id))
  if (!isUnderWay) return false
  pictures ??= MovedPictures.of(nodes.filter(({ id }) => positions.has(id)))
  if (!pictures) return false
  pictures.move(positions)
  const { moved } = useManyMoves.getState()
  useManyMoves.setState({ moved: moved ?? new Set(positions.keys()), positions })
  return true
}

/** The drag is over, and what was dragged is where the canvas's own nodes are. */
export function endManyMoves(nodes: readonly CanvasNode[]): void {
  if (!pictures) return
  pictures.move(new Map(nodes.map(({ id, position }) => [id, position])))
  pictures = undefined
  useManyMoves.setState(nothing)
}

/** The nodes where they are shown, in the middle of a drag too. */
export function shownNodes(
  nodes: readonly CanvasNode[],
  { moved, positions }: ManyMoves,
): readonly CanvasNode[] {
  if (!moved) return nodes
  return nodes.map((node) => {
    const position = positions.get(node.id)
    return position ? { ...node, position } : node
  })
}

/** The wires as they are shown: what one of them passes on its way moves with both of its ends. */
export function shownWires(
  wires: readonly WireFlowEdge[],
  nodes: readonly CanvasNode[],
  { moved, positions }: ManyMoves,
): readonly WireFlowEdge[] {
  const held = moved && nodes.find(({ id }) => moved.has(id))
  const place = held && positions.get(held.id)
  if (!place) return wires
  const flow = nodes.find(isLayerNode)?.data.direction
  const by = flow === 'right' ? place.y - held.position.y : place.x - held.position.x
  return wires.map((wire) => {
    const { source, target, data } = wire
    if (data?.detour === undefined || !moved.has(source) || !moved.has(target)) return wire
    return { ...wire, data: { ...data, detour: data.detour + by } }
  })
}

/** Whether a wire leads to something that is dragged that way. */
export function followsMoves(
  { source, target }: { source: string; target: string },
  moved: ManyMoves['moved'],
): boolean {
  return moved !== null && (moved.has(source) || moved.has(target))
}
