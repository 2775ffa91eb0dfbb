import { directionOf } from '../../src-core/document/canvas-part.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { gapBetweenColumns, layerHeight, layerWidth } from './geometry.ts'

interface Box {
  readonly id: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/**
 * Wires that would run behind other layers (the way around a block in a residual network) and the x at which they
 * pass them instead, by wire id. Passes on the right of whatever is in the way. Where the flow runs to the right all of it
 * is turned: the y, below what is in the way.
 */
export function detours(document: ModelDocument): ReadonlyMap<string, number> {
  const down = directionOf(document) === 'down'
  const [across, along] = down ? [layerWidth, layerHeight] : [layerHeight, layerWidth]
  const boxes = document.layers.map(({ id, position }): Box => {
    const [left, top] = down ? [position.x, position.y] : [position.y, position.x]
    return { id, left, right: left + across, top, bottom: top + along }
  })
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const found = new Map<string, number>()
  for (const wire of document.connections) {
    const from = byId.get(wire.source)
    const to = byId.get(wire.target)
    // Only wires that skip at least a layer's height can have one in the way.
    if (!from || !to || to.top - from.bottom < along) continue
    const blocking = boxes.filter((box) => box !== from && box !== to && isBetween(box, from, to))
    if (blocking.length === 0) continue
    found.set(wire.id, Math.max(...blocking.map((box) => box.right)) + gapBetweenColumns / 2)
  }
  return found
}

/** Whether the straight line from the middle of `from` to the middle of `to` crosses the box. */
function isBetween(box: Box, from: Box, to: Box): boolean {
  if (box.bottom <= from.bottom || box.top >= to.top) return false
  const startX = (from.left + from.right) / 2
  const endX = (to.left + to.right) / 2
  const share = (y: number) => Math.min(1, Math.max(0, (y - from.bottom) / (to.top - from.bottom)))
  const xAt = (y: number) => startX + (endX - startX) * share(y)
  const [low, high] = [xAt(box.top), xAt(box.bottom)].toSorted((one, other) => one - other)
  return (high ?? 0) > box.left && (low ?? 0) < box.right
}
