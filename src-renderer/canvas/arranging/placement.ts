import type { ElkNode } from 'elkjs/lib/elk-api.js'
import type { FlowDirection } from '../../../src-core/document/canvas-part.ts'
import { isPinned } from '../../../src-core/document/layer-edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { gapBetweenColumns, gapBetweenLayers, gridSize, layerHeight, layerWidth } from '../geometry.ts'
import { layerKey, type SizeOf } from './elk-graph.ts'

interface Point {
  readonly x: number
  readonly y: number
}

export type Places = ReadonlyMap<string, Point>

/**
 * Where layers go, as upper left corners on the grid, made from ELK's answer. Without pinned layers the upper left corner
 * of the drawing stays where it is. Pinned layers stay; every other one keeps the place that ELK gives it beside the
 * pinned layer that is nearest to it along wires, and makes way where two would overlap.
 */
export function placesFrom(
  document: ModelDocument,
  answer: ElkNode,
  direction: FlowDirection,
  sizeOf: SizeOf,
): Places {
  const wanted = cornersOf(answer)
  const at = (layerId: string) => wanted.get(layerKey(layerId)) ?? { x: 0, y: 0 }
  const pinned = document.layers.filter(isPinned)
  if (pinned.length === 0) {
    const left = Math.min(...document.layers.map(({ position }) => position.x))
    const top = Math.min(...document.layers.map(({ position }) => position.y))
    return new Map(
      document.layers.map(({ id }) => [id, { x: snap(at(id).x + left), y: snap(at(id).y + top) }]),
    )
  }
  const pinOf = nearestPins(
    document,
    pinned.map(({ id }) => id),
  )
  const shifts = new Map(
    pinned.map(({ id, position }) => [id, { x: position.x - at(id).x, y: position.y - at(id).y }]),
  )
  const places = new Map(
    document.layers.map((layer): [string, Point] => {
      if (isPinned(layer)) return [layer.id, layer.position]
      const shift = shifts.get(pinOf.get(layer.id) ?? '') ?? shifts.values().next().value ?? { x: 0, y: 0 }
      return [layer.id, { x: snap(at(layer.id).x + shift.x), y: snap(at(layer.id).y + shift.y) }]
    }),
  )
  return withoutOverlaps(places, new Set(pinned.map(({ id }) => id)), direction, sizeOf)
}

/** Upper left corners of all nodes in the drawing; ELK says them within the node around. */
export function cornersOf(answer: ElkNode, origin: Point = { x: 0, y: 0 }): Map<string, Point> {
  return new Map(
    (answer.children ?? []).flatMap((node): [string, Point][] => {
      const corner = { x: origin.x + (node.x ?? 0), y: origin.y + (node.y ?? 0) }
      return [[node.id, corner], ...cornersOf(node, corner)]
    }),
  )
}

/** For each layer the pinned one that is reached over the fewest wires, whichever way they lead. */
function nearestPins(document: ModelDocument, pins: readonly string[]): ReadonlyMap<string, string> {
  const neighbours = new Map<string, string[]>()
  const join = (one: string, other: string) => {
    const list = neighbours.get(one)
    if (list) list.push(other)
    else neighbours.set(one, [other])
  }
  for (const { source, target } of document.connections) {
    join(source, target)
    join(target, source)
  }
  const found = new Map(pins.map((id) => [id, id]))
  // A map walks entries that are added while it is walked.
  for (const [id, pin] of found) {
    for (const next of neighbours.get(id) ?? []) if (!found.has(next)) found.set(next, pin)
  }
  return found
}

/** Moves what is not pinned across the flow until nothing overlaps; what comes first in the flow is asked first. */
function withoutOverlaps(
  places: Places,
  pinned: ReadonlySet<string>,
  direction: FlowDirection,
  sizeOf: SizeOf,
): Places {
  const [along, across] = direction === 'down' ? (['y', 'x'] as const) : (['x', 'y'] as const)
  const sizes = { x: 'width', y: 'height' } as const
  const card = { width: layerWidth, height: layerHeight }
  const boxes = [...places].map(([id, point]) => ({ id, ...point, ...(sizeOf(id) ?? card) }))
  type Box = (typeof boxes)[number]
  const overlap = (one: Box, other: Box, axis: 'x' | 'y', gap: number) =>
    one[axis] < other[axis] + other[sizes[axis]] + gap && other[axis] < one[axis] + one[sizes[axis]] + gap
  const settled = boxes.filter(({ id }) => pinned.has(id))
  const loose = boxes
    .filter(({ id }) => !pinned.has(id))
    .toSorted((one, other) => one[along] - other[along] || one[across] - other[across])
  for (const box of loose) {
    const inTheWay = () =>
      settled.find(
        (other) =>
          overlap(box, other, along, gapBetweenLayers / 2 - 1) &&
          overlap(box, other, across, gapBetweenColumns / 2 - 1),
      )
    for (let other = inTheWay(); other; other = inTheWay()) {
      box[across] = snapUp(other[across] + other[sizes[across]] + gapBetweenColumns / 2)
    }
    settled.push(box)
  }
  return new Map(settled.map(({ id, x, y }) => [id, { x, y }]))
}

/** The nearest place on the grid. */
export function snap(value: number): number {
  return Math.round(value / gridSize) * gridSize
}

function snapUp(value: number): number {
  return Math.ceil(value / gridSize) * gridSize
}
