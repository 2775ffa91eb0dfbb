import { assertNever } from '../assert-never.ts'
import {
  directionOf,
  type FlowDirection,
  flowDirections,
  type Note,
  noteSchema,
  notesOf,
  trimmedCanvas,
} from './canvas-part.ts'
import type { ModelDocument } from './model-document.ts'

/** Edits of what the canvas shows besides layers and wires. */
export type CanvasEdit =
  /** Which way the flow runs; layers stay where they are. */
  | { readonly type: 'setDirection'; readonly direction: FlowDirection }
  | { readonly type: 'addNote'; readonly note: Note; readonly index?: number }
  | { readonly type: 'removeNote'; readonly noteId: string }
  /** Puts another note (text, place, size, colour) in place of the one with the same id. */
  | { readonly type: 'replaceNote'; readonly note: Note }

/** The document after the edit and the edit that takes it back; undefined when nothing changes. */
export function applyCanvasEdit(
  document: ModelDocument,
  edit: CanvasEdit,
): { readonly document: ModelDocument; readonly inverse: CanvasEdit } | undefined {
  switch (edit.type) {
    case 'setDirection': {
      const direction = directionOf(document)
      if (direction === edit.direction || !flowDirections.includes(edit.direction)) return undefined
      const changed = withCanvas(document, { direction: edit.direction })
      return { document: changed, inverse: { type: 'setDirection', direction } }
    }
    case 'addNote':
      return addNote(document, edit.note, edit.index)
    case 'removeNote':
      return removeNote(document, edit.noteId)
    case 'replaceNote':
      return replaceNote(document, edit.note)
    default:
      return assertNever(edit)
  }
}

function addNote(document: ModelDocument, note: Note, index: number | undefined) {
  const notes = notesOf(document)
  if (!noteSchema.safeParse(note).success || notes.some(({ id }) => id === note.id)) return undefined
  const at = index === undefined ? notes.length : Math.max(0, Math.min(index, notes.length))
  return {
    document: withCanvas(document, { notes: notes.toSpliced(at, 0, note) }),
    inverse: { type: 'removeNote', noteId: note.id } as const,
  }
}

function removeNote(document: ModelDocument, noteId: string) {
  const notes = notesOf(document)
  const index = notes.findIndex(({ id }) => id === noteId)
  const note = notes[index]
  if (!note) return undefined
  return {
    document: withCanvas(document, { notes: notes.toSpliced(index, 1) }),
    inverse: { type: 'addNote', note, index } as const,
  }
}

function replaceNote(document: ModelDocument, note: Note) {
  const notes = notesOf(document)
  const index = notes.findIndex(({ id }) => id === note.id)
  const before = notes[index]
  if (!before || !noteSchema.safeParse(note).success) return undefined
  return {
    document: withCanvas(document, { notes: notes.with(index, note) }),
    inverse: { type: 'replaceNote', note: before } as const,
  }
}

/** A document that shows nothing of its own has no such part, so that it reads as documents did before there was one. */
function withCanvas(document: ModelDocument, changes: NonNullable<ModelDocument['canvas']>): ModelDocument {
  const { canvas, ...rest } = document
  const changed = trimmedCanvas({ ...canvas, ...changes })
  return changed ? { ...rest, canvas: changed } : rest
}
