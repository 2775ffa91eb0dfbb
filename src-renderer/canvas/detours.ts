import { directionOf, type FlowDirection } from '../../src-core/document/canvas-part.ts'
import type { LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'
import { gapBetweenColumns, layerHeight, layerWidth } from './geometry.ts'

interface Box {
  readonly id: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** What was found last, by the wires: an edit that moves nothing and connects nothing is most often a parameter's. */
const known = new WeakMap<
  object,
  { readonly layers: readonly LayerNode[]; readonly direction: FlowDirection; readonly found: Detours }
>()

type Detours = ReadonlyMap<string, number>

/**
 * Wires that would run behind other layers (the way around a block in a residual network) and the x at which they
 * pass them instead, by wire id. Passes on the right of whatever is in the way. Where the flow runs to the right all of it
 * is turned: the y, below what is in the way.
 */
export function detours(document: ModelDocument): Detours {
  const { connections, layers } = document
  const direction = directionOf(document)
  const before = known.get(connections)
  if (before && before.direction === direction && standAlike(before.layers, layers)) return before.found
  const found = findDetours(document, direction)
  known.set(connections, { layers, direction, found })
  return found
}

/** Whether the same layers stand at the same places; edits keep the places that they do not change. */
function standAlike(one: readonly LayerNode[], other: readonly LayerNode[]): boolean {
  if (one === other) return true
  return (
    one.length === other.length &&
    one.every(({ id, position }, index) => id === other[index]?.id && position === other[index].position)
  )
}

function findDetours({ layers, connections }: ModelDocument, direction: FlowDirection): Detours {
  const down = direction === 'down'
  const [across, along] = down ? [layerWidth, layerHeight] : [layerHeight, layerWidth]
  const boxes = layers.map(({ id, position }): Box => {
    const [left, top] = down ? [position.x, position.y] : [position.y, position.x]
    return { id, left, right: left + across, top, bottom: top + along }
  })
  const byId = new Map(boxes.map((box) => [box.id, box]))
  // Along the flow: in the way of a wire is only what begins between its ends.
  const alongFlow = boxes.toSorted((one, other) => one.top - other.top)
  const found = new Map<string, number>()
  for (const wire of connections) {
    const from = byId.get(wire.source)
    const to = byId.get(wire.target)
    // Only wires that skip at least a layer's height can have one in the way.
    if (!from || !to || to.top - from.bottom < along) continue
    let right: number | undefined
    // All are as high as each other: what ends after `from` begins after it.
    for (let at = firstAfter(alongFlow, from.top); at < alongFlow.length; at++) {
      const box = alongFlow[at]
      if (!box || box.top >= to.top) break
      if (box !== from && box !== to && isBetween(box, from, to))
        right = Math.max(right ?? box.right, box.right)
    }
    if (right !== undefined) found.set(wire.id, right + gapBetweenColumns / 2)
  }
  return found
}

/** The place of the first box that begins after `top`, by halving. */
function firstAfter(boxes: readonly Box[], top: number): number {
  let [low, high] = [0, boxes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((boxes[middle]?.top ?? top) <= top) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether the straight line from the middle of `from` to the middle of `to` crosses the box. */
function isBetween(box: Box, from: Box, to: Box): boolean {
  if (box.bottom <= from.bottom || box.top >= to.top) return false
  const startX = (from.left + from.right) / 2
  const endX = (to.left + to.right) / 2
  const share = (y: number) => Math.min(1, Math.max(0, (y - from.bottom) / (to.top - from.bottom)))
  const xAt = (y: number) => startX + (endX - startX) * share(y)
  const [one, other] = [xAt(box.top), xAt(box.bottom)]
  return Math.max(one, other) > box.left && Math.min(one, other) < box.right
}
