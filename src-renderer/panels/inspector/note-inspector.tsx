import { Frame, StickyNote, Trash2 } from 'lucide-react'
import {
  longestNote,
  type Note,
  type NoteColour,
  noteColours,
  notesOf,
} from '../../../src-core/document/canvas-part.ts'
import { mark, t } from '../../../src-core/language/t.ts'
import { noteStyle } from '../../canvas/notes/note-card.tsx'
import { deleteSelection } from '../../canvas/selection-actions.ts'
import { dispatch, useProject } from '../../state/project-store.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/panel.tsx'
import { TextField } from '../../ui/text-field.tsx'
import './note-inspector.css'

/** The selected note or frame: its text and colour. */
export function NoteInspector({ noteId }: { readonly noteId: string }) {
  const note = useProject(({ drawing }) => drawing && notesOf(drawing).find(({ id }) => id === noteId))
  return note ? <OneNote note={note} /> : null
}

function OneNote({ note }: { readonly note: Note }) {
  const Icon = note.kind === 'frame' ? Frame : StickyNote
  const change = (changes: Partial<Note>, coalesceKey?: string) =>
    dispatch(
      { type: 'replaceNote', note: { ...note, ...changes } },
      coalesceKey === undefined ? {} : { coalesceKey },
    )
  return (
    <>
      <header className="layer-header">
        <p className="layer-header__kind">
          <Icon size={15} aria-hidden />
          <span className="truncate">{note.kind === 'frame' ? t('Frame') : t('Note')}</span>
        </p>
      </header>
      <Section>
        <div data-note-text>
          <TextField
            layout="column"
            label={note.kind === 'frame' ? t('Title') : t('Text')}
            description={t('Markdown: # heading, **bold**, *italic*, - list, `code`, [link](https://…)')}
            multiline
            value={note.text}
            onChange={(text) => change({ text: text.slice(0, longestNote) }, `note-text:${note.id}`)}
          />
        </div>
        <Colours note={note} onChoose={(colour) => change({ colour })} />
        <div className="inspector__buttons">
          <Button size="small" icon={Trash2} onClick={deleteSelection}>
            {t('Delete')}
          </Button>
        </div>
      </Section>
    </>
  )
}

const colourNames: Readonly<Record<NoteColour, string>> = {
  yellow: mark('yellow'),
  blue: mark('blue'),
  green: mark('green'),
  pink: mark('pink'),
  grey: mark('grey'),
}

interface ColoursProps {
  readonly note: Note
  readonly onChoose: (colour: NoteColour) => void
}

function Colours({ note, onChoose }: ColoursProps) {
  const current = note.colour ?? (note.kind === 'frame' ? 'grey' : 'yellow')
  return (
    <fieldset className="note-colours" aria-label={t('Colour')}>
      {noteColours.map((colour) => (
        <button
          key={colour}
          type="button"
          className="note-colours__colour"
          style={noteStyle(colour)}
          aria-label={t(colourNames[colour])}
          title={t(colourNames[colour])}
          aria-pressed={colour === current}
          onClick={() => onChoose(colour)}
        />
      ))}
    </fieldset>
  )
}
