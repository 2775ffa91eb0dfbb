import { type Note, notesOf } from '../../../src-core/document/canvas-part.ts'
import type { Edit } from '../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import { contentsOf } from '../arranging/frames.ts'

type Point = Note['position']

/** Where layers and notes go, by their ids. */
export interface Moves {
  readonly layers: ReadonlyMap<string, Point>
  readonly notes: ReadonlyMap<string, Point>
}

/** The moves, and those of everything that stands in a frame that moves: contents go as far as their frame. */
export function withContents(document: ModelDocument, moves: Moves): Moves {
  const frames = notesOf(document).filter(({ id, kind }) => kind === 'frame' && moves.notes.has(id))
  if (frames.length === 0) return moves
  const layers = new Map(moves.layers)
  const notes = new Map(moves.notes)
  const places = new Map(document.layers.map(({ id, position }) => [id, position]))
  const notePlaces = new Map(notesOf(document).map(({ id, position }) => [id, position]))
  for (const frame of frames) {
    const to = moves.notes.get(frame.id) ?? frame.position
    const [dx, dy] = [to.x - frame.position.x, to.y - frame.position.y]
    const contents = contentsOf(document, frame)
    const carry = (ids: readonly string[], from: ReadonlyMap<string, Point>, into: Map<string, Point>) => {
      for (const id of ids) {
        const place = from.get(id)
        if (place && !into.has(id)) into.set(id, { x: place.x + dx, y: place.y + dy })
      }
    }
    carry(contents.layers, places, layers)
    carry(contents.notes, notePlaces, notes)
  }
  return { layers, notes }
}

/** The edit that makes the moves; undefined when nothing would move. */
export function movesEdit(document: ModelDocument, moves: Moves): Edit | undefined {
  const isMove = (to: Point | undefined, from: Point): to is Point =>
    to !== undefined && (to.x !== from.x || to.y !== from.y)
  const layers = document.layers.filter(({ id, position }) => isMove(moves.layers.get(id), position))
  const notes = notesOf(document).filter(({ id, position }) => isMove(moves.notes.get(id), position))
  const positions = Object.fromEntries(
    layers.map(({ id, position }) => [id, moves.layers.get(id) ?? position]),
  )
  const move: Edit = { type: 'moveLayers', positions }
  if (notes.length === 0) return layers.length === 0 ? undefined : move
  const edits = notes.map((note): Edit => {
    return { type: 'replaceNote', note: { ...note, position: moves.notes.get(note.id) ?? note.position } }
  })
  const [only] = edits
  if (layers.length === 0 && edits.length === 1) return only
  const frame = notes.find(({ kind }) => kind === 'frame')
  const label = t(frame ? 'Move a frame with what is in it' : 'Move layers and notes')
  return { type: 'group', label, edits: layers.length === 0 ? edits : [move, ...edits] }
}
