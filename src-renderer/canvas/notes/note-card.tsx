import { type CSSProperties, memo } from 'react'
import { type NodeProps, NodeResizer } from 'reactflow'
import { type NoteColour, smallestNote } from '../../../src-core/document/canvas-part.ts'
import { t } from '../../../src-core/language/t.ts'
import { classNames } from '../../ui/class-names.ts'
import type { NoteFlowNode } from '../flow-types.ts'
import './note-card.css'
import { editNote } from './note-actions.ts'
import { NoteMarkdown } from './note-markdown.tsx'

/** The style sheet colours notes and frames by this variable. */
export function noteStyle(colour: NoteColour): CSSProperties {
  const style: CSSProperties & Record<'--note', string> = { '--note': `var(--note-${colour})` }
  return style
}

/** A note among the layers: its Markdown on a coloured slip. A double click leads to its text. */
export const NoteCard = memo(function NoteCard({ data: { note }, selected }: NodeProps<NoteFlowNode>) {
  return (
    <>
      <Resizer selected={selected} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: F2 does the same for the selected note */}
      <div
        className="note nowheel"
        style={noteStyle(note.colour ?? 'yellow')}
        onDoubleClick={() => editNote(note.id)}
      >
        {note.text.trim() === '' ? (
          <p className="note__empty">{t('Double-click to write')}</p>
        ) : (
          <NoteMarkdown text={note.text} />
        )}
      </div>
    </>
  )
}, looksTheSame)

/** A frame behind layers: only its title can be pressed, so that a box of selection can begin inside. */
export const FrameCard = memo(function FrameCard({ data: { note }, selected }: NodeProps<NoteFlowNode>) {
  return (
    <>
      <Resizer selected={selected} />
      <div
        className={classNames('frame', selected && 'frame--selected')}
        style={noteStyle(note.colour ?? 'grey')}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: F2 does the same for the selected frame */}
        <div className="frame__title" onDoubleClick={() => editNote(note.id)}>
          {note.text.trim() === '' ? t('Frame') : <NoteMarkdown text={note.text} />}
        </div>
      </div>
    </>
  )
}, looksTheSame)

function looksTheSame(one: NodeProps<NoteFlowNode>, other: NodeProps<NoteFlowNode>): boolean {
  return one.id === other.id && one.data === other.data && one.selected === other.selected
}

function Resizer({ selected }: { readonly selected: boolean | undefined }) {
  return (
    <NodeResizer
      isVisible={selected === true}
      minWidth={smallestNote.width}
      minHeight={smallestNote.height}
      lineClassName="note-resize-line"
      handleClassName="note-resize-handle"
    />
  )
}
