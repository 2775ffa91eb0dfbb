import { assertNever } from '../../src-core/assert-never.ts'
import type { CanvasEdit } from '../../src-core/document/canvas-edits.ts'
import { type Note, notesOf } from '../../src-core/document/canvas-part.ts'
import type { Edit } from '../../src-core/document/edits.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { mark, t } from '../../src-core/language/t.ts'

/** What undo calls an edit of notes, frames and the direction; `inverse` brings back what was before. */
export function canvasEditLabel(document: ModelDocument, edit: CanvasEdit, inverse: Edit): string {
  switch (edit.type) {
    case 'setDirection':
      return t(edit.direction === 'right' ? 'Let the flow run to the right' : 'Let the flow run down')
    case 'addNote':
      return t(labels[edit.note.kind].add)
    case 'removeNote':
      return t(labels[notesOf(document).find(({ id }) => id === edit.noteId)?.kind ?? 'note'].remove)
    case 'replaceNote': {
      const before = inverse.type === 'replaceNote' ? inverse.note : undefined
      return t(labels[edit.note.kind][changeOf(before, edit.note)])
    }
    default:
      return assertNever(edit)
  }
}

type NoteChange = 'write' | 'resize' | 'move' | 'colour'

const labels: Readonly<Record<Note['kind'], Readonly<Record<'add' | 'remove' | NoteChange, string>>>> = {
  note: {
    add: mark('Add a note'),
    remove: mark('Delete a note'),
    write: mark('Write a note'),
    resize: mark('Resize a note'),
    move: mark('Move a note'),
    colour: mark('Colour a note'),
  },
  frame: {
    add: mark('Add a frame'),
    remove: mark('Delete a frame'),
    write: mark('Write a frame'),
    resize: mark('Resize a frame'),
    move: mark('Move a frame'),
    colour: mark('Colour a frame'),
  },
}

function changeOf(before: Note | undefined, after: Note): NoteChange {
  if (!before || before.text !== after.text) return 'write'
  if (before.size.width !== after.size.width || before.size.height !== after.size.height) return 'resize'
  return before.colour === after.colour ? 'move' : 'colour'
}
