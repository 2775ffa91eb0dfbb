import type { ElkNode } from 'elkjs/lib/elk-api.js'
import {
  directionOf,
  type FlowDirection,
  type Note,
  notesOf,
} from '../../../src-core/document/canvas-part.ts'
import type { Edit } from '../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { mark, t } from '../../../src-core/language/t.ts'
import { layerKey, noteKey, type SizeOf } from './elk-graph.ts'
import { type Box, boxOf, cardBox, contentsOf, frameOfLayers, frameOfNotes, framePadding } from './frames.ts'
import { cornersOf, type Places, placesFrom, snap } from './placement.ts'

/**
 * The edit, one step of undo, that arranges a document as ELK answered: layers move, frames close around what they held,
 * notes go with the layer they stood next to. Undefined when nothing would change.
 */
export function tidyEdit(
  document: ModelDocument,
  answer: ElkNode,
  direction: FlowDirection,
  sizeOf: SizeOf,
): Edit | undefined {
  const places = placesFrom(document, answer, direction, sizeOf)
  const moved = document.layers.filter(({ id, position }) => {
    const to = places.get(id)
    return to && (to.x !== position.x || to.y !== position.y)
  })
  const positions = Object.fromEntries(moved.map(({ id, position }) => [id, places.get(id) ?? position]))
  const turned = direction !== directionOf(document)
  const edits: readonly Edit[] = [
    ...(turned ? [{ type: 'setDirection', direction } as const] : []),
    ...(moved.length > 0 ? [{ type: 'moveLayers', positions } as const] : []),
    ...(moved.length > 0 ? noteEdits(document, places, cornersOf(answer)) : []),
  ]
  if (edits.length === 0) return undefined
  return { type: 'group', label: turned ? t(turnLabels[direction]) : t('Tidy'), edits }
}

const turnLabels: Readonly<Record<FlowDirection, string>> = {
  down: mark('Tidy from top to bottom'),
  right: mark('Tidy from left to right'),
}

/** Frames inside others first: those around them close around these, too. */
function noteEdits(document: ModelDocument, places: Places, corners: Places): Edit[] {
  const notes = notesOf(document)
  const boxes = new Map<string, Box>()
  for (const note of notes.filter(({ kind }) => kind === 'note')) {
    const place = inFrame(document, note, places, corners) ?? besideLayer(document, note, places)
    boxes.set(note.id, { ...boxOf(note), ...place })
  }
  const area = ({ size }: Note) => size.width * size.height
  const frames = notes
    .filter(({ kind }) => kind === 'frame')
    .toSorted((one, other) => area(one) - area(other))
  for (const frame of frames) boxes.set(frame.id, around(document, frame, places, boxes) ?? boxOf(frame))
  return notes.flatMap((note): Edit[] => {
    const box = boxes.get(note.id)
    if (!box || sameBox(box, boxOf(note))) return []
    const { x, y, width, height } = box
    return [{ type: 'replaceNote', note: { ...note, position: { x, y }, size: { width, height } } }]
  })
}

function sameBox(one: Box, other: Box): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height
}

/** Where ELK put a note in its frame, seen from a layer of the same frame; undefined for a note outside of frames. */
function inFrame(
  document: ModelDocument,
  note: Note,
  places: Places,
  corners: Places,
): { x: number; y: number } | undefined {
  const corner = corners.get(noteKey(note.id))
  const frameId = frameOfNotes(notesOf(document)).get(note.id)
  const frame = notesOf(document).find(({ id }) => id === frameId)
  const frames = frameOfLayers(document)
  const held = frame ? contentsOf(document, frame).layers : []
  const layerId = held.find((id) => frames.get(id) === frameId) ?? held[0]
  const [from, to] = [corners.get(layerKey(layerId ?? '')), places.get(layerId ?? '')]
  return corner && from && to && { x: snap(corner.x + to.x - from.x), y: snap(corner.y + to.y - from.y) }
}

/** A note outside of frames moves as the nearest layer does. */
function besideLayer(document: ModelDocument, note: Note, places: Places): { x: number; y: number } {
  const { x, y } = note.position
  const [nearest] = document.layers.toSorted(
    (one, other) =>
      distance(boxOf(note), cardBox(one.position)) - distance(boxOf(note), cardBox(other.position)),
  )
  const to = nearest && places.get(nearest.id)
  return to ? { x: x + to.x - nearest.position.x, y: y + to.y - nearest.position.y } : { x, y }
}

/** Between the nearest edges of two boxes; 0 where they overlap. */
function distance(one: Box, other: Box): number {
  const gap = (a: number, aSize: number, b: number, bSize: number) =>
    Math.max(0, b - a - aSize, a - b - bSize)
  return Math.hypot(
    gap(one.x, one.width, other.x, other.width),
    gap(one.y, one.height, other.y, other.height),
  )
}

/** A frame around what it held; undefined for one that held no layer. */
function around(
  document: ModelDocument,
  frame: Note,
  places: Places,
  boxes: ReadonlyMap<string, Box>,
): Box | undefined {
  const contents = contentsOf(document, frame)
  if (contents.layers.length === 0) return undefined
  const held = [
    ...contents.layers.flatMap((id) => {
      const place = places.get(id)
      return place ? [cardBox(place)] : []
    }),
    ...contents.notes.flatMap((id) => boxes.get(id) ?? []),
  ]
  const left = Math.min(...held.map(({ x }) => x)) - framePadding.side
  const top = Math.min(...held.map(({ y }) => y)) - framePadding.top
  const right = Math.max(...held.map(({ x, width }) => x + width)) + framePadding.side
  const bottom = Math.max(...held.map(({ y, height }) => y + height)) + framePadding.bottom
  return { x: left, y: top, width: right - left, height: bottom - top }
}
