import { type Note, notesOf } from '../../../src-core/document/canvas-part.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { layerHeight, layerWidth } from '../geometry.ts'

/** Room between a frame and what it holds; its title stands above. */
export const framePadding = { top: 48, side: 24, bottom: 24 } as const

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function boxOf({ position, size }: Note): Box {
  return { ...position, ...size }
}

/** The box of a layer's card. */
export function cardBox(position: { readonly x: number; readonly y: number }): Box {
  return { ...position, width: layerWidth, height: layerHeight }
}

/** Whether the middle of one box lies in another. */
export function holds(outer: Box, inner: Box): boolean {
  const x = inner.x + inner.width / 2
  const y = inner.y + inner.height / 2
  return x >= outer.x && x <= outer.x + outer.width && y >= outer.y && y <= outer.y + outer.height
}

function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}

/** The smallest frame that each layer stands in, by the layer's id; layers outside all of them are left out. */
export function frameOfLayers(document: ModelDocument): ReadonlyMap<string, string> {
  const frames = bySize(notesOf(document))
  if (frames.length === 0) return new Map()
  return new Map(
    document.layers.flatMap(({ id, position }): [string, string][] => {
      const frame = frames.find((candidate) => holds(boxOf(candidate), cardBox(position)))
      return frame ? [[id, frame.id]] : []
    }),
  )
}

/** The smallest frame that each note stands in, by the note's id. */
export function frameOfNotes(notes: readonly Note[]): ReadonlyMap<string, string> {
  const frames = bySize(notes)
  return new Map(
    notes.flatMap((note): [string, string][] => {
      if (note.kind === 'frame') return []
      const frame = frames.find((candidate) => holds(boxOf(candidate), boxOf(note)))
      return frame ? [[note.id, frame.id]] : []
    }),
  )
}

/** The smallest frame that lies around each frame as a whole, by the inner one's id. */
export function frameOfFrames(notes: readonly Note[]): ReadonlyMap<string, string> {
  const frames = bySize(notes)
  return new Map(
    frames.flatMap((inner, index): [string, string][] => {
      // Of two frames of one size in one place only one can lie around the other: the later in the list.
      const outer = frames.slice(index + 1).find((candidate) => isInside(boxOf(inner), boxOf(candidate)))
      return outer ? [[inner.id, outer.id]] : []
    }),
  )
}

function bySize(notes: readonly Note[]): readonly Note[] {
  const area = ({ size }: Note) => size.width * size.height
  return notes.filter(({ kind }) => kind === 'frame').toSorted((one, other) => area(one) - area(other))
}

/** Layers, notes and frames that move along with a frame: all whose middle lies in it. */
export function contentsOf(
  document: ModelDocument,
  frame: Note,
): { readonly layers: readonly string[]; readonly notes: readonly string[] } {
  const box = boxOf(frame)
  return {
    layers: document.layers.filter(({ position }) => holds(box, cardBox(position))).map(({ id }) => id),
    notes: notesOf(document)
      .filter((note) => note.id !== frame.id && isPartOf(note, frame))
      .map(({ id }) => id),
  }
}

/** A frame belongs to another only as a whole: two that overlap are beside each other. */
function isPartOf(note: Note, frame: Note): boolean {
  return note.kind === 'note' ? holds(boxOf(frame), boxOf(note)) : isInside(boxOf(note), boxOf(frame))
}
