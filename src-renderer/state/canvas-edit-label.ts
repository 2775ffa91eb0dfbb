import { assertNever } from '../../src-core/assert-never.ts'
import type { CanvasEdit } from '../../src-core/document/canvas-edits.ts'
import { type Note, notesOf } from '../../src-core/document/canvas-part.ts'
import type { Edit } from '../../src-core/document/edits.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'

/** What undo calls an edit of notes, frames and the direction; `inverse` brings back what was before. */
export function canvasEditLabel(document: ModelDocument, edit: CanvasEdit, inverse: Edit): string {
  switch (edit.type) {
    case 'setDirection':
      return edit.direction === 'right' ? 'Let the flow run to the right' : 'Let the flow run down'
    case 'addNote':
      return `Add a ${edit.note.kind}`
    case 'removeNote':
      return `Delete a ${notesOf(document).find(({ id }) => id === edit.noteId)?.kind ?? 'note'}`
    case 'replaceNote': {
      const before = inverse.type === 'replaceNote' ? inverse.note : undefined
      return `${changeVerb(before, edit.note)} a ${edit.note.kind}`
    }
    default:
      return assertNever(edit)
  }
}

function changeVerb(before: Note | undefined, after: Note): string {
  if (!before || before.text !== after.text) return 'Write'
  if (before.size.width !== after.size.width || before.size.height !== after.size.height) return 'Resize'
  return before.colour === after.colour ? 'Move' : 'Colour'
}
