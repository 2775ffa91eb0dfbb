import type { Note } from '../../../src-core/document/canvas-part.ts'
import { notesOf } from '../../../src-core/document/canvas-part.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { firstFree } from '../../../src-core/document/new-elements.ts'
import { t } from '../../../src-core/language/t.ts'
import { canvas } from '../../state/canvas-handle.ts'
import { dispatch, useProject } from '../../state/project-store.ts'
import { cardBox, framePadding } from '../arranging/frames.ts'
import { gridSize } from '../geometry.ts'

const noteSize = { width: 240, height: 136 }
const frameSize = { width: 320, height: 240 }

/** A new note in the middle of a place, or a frame there. */
export function newNote(document: ModelDocument, kind: Note['kind'], centre: Note['position']): Note {
  const size = kind === 'note' ? noteSize : frameSize
  const snap = (value: number) => Math.round(value / gridSize) * gridSize
  const position = { x: snap(centre.x - size.width / 2), y: snap(centre.y - size.height / 2) }
  return { id: freeNoteId(document, kind), kind, text: '', position, size }
}

/** A frame around layers; undefined when none of them is in the document. */
export function frameAround(document: ModelDocument, layerIds: ReadonlySet<string>): Note | undefined {
  const boxes = document.layers.filter(({ id }) => layerIds.has(id)).map(({ position }) => cardBox(position))
  if (boxes.length === 0) return undefined
  const left = Math.min(...boxes.map(({ x }) => x)) - framePadding.side
  const top = Math.min(...boxes.map(({ y }) => y)) - framePadding.top
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + framePadding.side
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + framePadding.bottom
  return {
    id: freeNoteId(document, 'frame'),
    kind: 'frame',
    text: t('Frame'),
    position: { x: left, y: top },
    size: { width: right - left, height: bottom - top },
  }
}

function freeNoteId(document: ModelDocument, kind: Note['kind']): string {
  const taken = new Set(notesOf(document).map(({ id }) => id))
  return firstFree(kind, (id) => taken.has(id))
}

/** Adds a note in the middle of the view, and leads to its text. */
export function addNote(): void {
  const { drawing: document } = useProject.getState()
  if (document) add(newNote(document, 'note', canvas()?.centre() ?? { x: 0, y: 0 }))
}

/** Adds a frame around the selected layers, or in the middle of the view where none is selected. */
export function addFrame(): void {
  const { drawing: document, selectedLayers } = useProject.getState()
  if (!document) return
  const centre = canvas()?.centre() ?? { x: 0, y: 0 }
  add(frameAround(document, selectedLayers) ?? newNote(document, 'frame', centre))
}

function add(note: Note): void {
  dispatch({ type: 'addNote', note })
  editNote(note.id)
}

/** Selects a note and puts the cursor into its text. */
export function editNote(noteId: string): void {
  useProject.getState().select([], [], [noteId])
  // In the next frame, when the inspector shows it.
  requestAnimationFrame(() => {
    const field = window.document.querySelector<HTMLTextAreaElement>('[data-note-text] textarea')
    field?.focus()
    field?.select()
  })
}
