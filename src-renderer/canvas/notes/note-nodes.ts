import { type Note, notesOf } from '../../../src-core/document/canvas-part.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import type { NoteFlowNode } from '../flow-types.ts'
import type { ReadingMarks } from '../reading-marks.ts'
import { firstLine } from './note-text.ts'

const prefix = 'note:'

/** What React Flow calls a note: layers may have the ids of notes. */
export function noteNodeId(noteId: string): string {
  return prefix + noteId
}

/** The id of the note that a node stands for; undefined for a layer's node. */
export function noteIdOf(node: { readonly id: string }): string | undefined {
  return node.id.startsWith(prefix) ? node.id.slice(prefix.length) : undefined
}

/** Behind wires and layers, also while they are selected, when React Flow lifts nodes by 1,000. */
const frameDepth = -2000

/** Inside a frame the canvas is met, so that a box of selection can begin there; its title takes the pointer. */
const frameLook = {
  zIndex: frameDepth,
  dragHandle: '.frame__title',
  style: { pointerEvents: 'none' },
} as const

/** React Flow's nodes for notes and frames; those that look the same stay the same objects, as with layers. */
export function noteNodes(
  document: ModelDocument,
  selected: ReadonlySet<string>,
  before: ReadonlyMap<string, NoteFlowNode>,
  marks: Pick<ReadingMarks, 'ofNote'>,
): NoteFlowNode[] {
  return notesOf(document).map((note): NoteFlowNode => {
    const id = noteNodeId(note.id)
    const known = before.get(id)
    const isSelected = selected.has(note.id)
    const className = marks.ofNote(note.id)
    const same = known?.data.note === note && known.selected === isSelected && known.className === className
    if (known && same) return known
    const { className: _, ...rest } = known ?? {}
    const size = known?.resizing ? { width: known.width, height: known.height } : note.size
    return {
      ...rest,
      ...(className !== undefined && { className }),
      id,
      type: note.kind,
      data: known?.data.note === note ? known.data : { note },
      position: known?.dragging || known?.resizing ? known.position : note.position,
      width: size.width ?? note.size.width,
      height: size.height ?? note.size.height,
      measured: known?.resizing && known.measured ? known.measured : note.size,
      selected: isSelected,
      connectable: false,
      ariaLabel: describeNote(note),
      ...(note.kind === 'frame' && frameLook),
    }
  })
}

/** What a screen reader says about a note or a frame. */
export function describeNote({ kind, text }: Note): string {
  const title = firstLine(text)
  if (title === '') return t(kind === 'frame' ? 'Empty frame' : 'Empty note')
  return kind === 'frame' ? t('Frame: {{title}}', { title }) : t('Note: {{title}}', { title })
}
