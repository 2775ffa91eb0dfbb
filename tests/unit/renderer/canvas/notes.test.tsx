import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Note, notesOf } from '../../../../src-core/document/canvas-part.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { copiedText, pasteText } from '../../../../src-renderer/canvas/clipboard-actions.ts'
import { noteBox, startFlow, takeNodeChanges, useFlow } from '../../../../src-renderer/canvas/flow-store.ts'
import { nudgeSelection } from '../../../../src-renderer/canvas/layer-actions.ts'
import { addFrame, addNote } from '../../../../src-renderer/canvas/notes/note-actions.ts'
import { NoteMarkdown } from '../../../../src-renderer/canvas/notes/note-markdown.tsx'
import { firstLine } from '../../../../src-renderer/canvas/notes/note-text.ts'
import { deleteSelection, duplicateSelection } from '../../../../src-renderer/canvas/selection-actions.ts'
import { useProject } from '../../../../src-renderer/state/project-store.ts'
import { opened, smallClassifier } from '../support/documents.ts'
import { installMain, type MainFake } from '../support/main-fake.ts'

const frame: Note = {
  id: 'frame_1',
  kind: 'frame',
  text: 'Head',
  position: { x: -24, y: 200 },
  size: { width: 256, height: 150 },
}
const note: Note = { ...frame, id: 'note_1', kind: 'note', text: 'Why?', position: { x: 500, y: 0 } }
/** dense_1 stands in the frame. */
const annotated = (): ModelDocument => ({ ...smallClassifier(), canvas: { notes: [frame, note] } })

const project = () => useProject.getState()
const placeOf = (id: string) => project().document?.layers.find((layer) => layer.id === id)?.position
const noteWith = (id: string) => {
  const { document } = project()
  return document && notesOf(document).find((candidate) => candidate.id === id)
}
const undoLabel = () => project().history.done.at(-1)?.label

let main: MainFake
beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  main = installMain()
  project().show(opened(annotated()))
})

describe('moving', () => {
  let stop: () => void
  beforeEach(() => {
    stop = startFlow()
  })
  afterEach(() => stop())
  const drag = (id: string, x: number, y: number, dragging: boolean) =>
    takeNodeChanges([{ type: 'position', id, position: { x, y }, dragging }], 'drag:1')

  it('a frame takes along what stands in it, while it is dragged and in one step of undo', () => {
    const drawn = (id: string) => useFlow.getState().nodes.find((node) => node.id === id)?.position
    drag('note:frame_1', 76, 250, true)
    expect(drawn('dense_1')).toEqual({ x: 100, y: 290 })
    expect(placeOf('dense_1')).toEqual({ x: 0, y: 240 })
    drag('note:frame_1', 76, 250, false)
    expect(placeOf('dense_1')).toEqual({ x: 100, y: 290 })
    expect(placeOf('flatten_1')).toEqual({ x: 0, y: 120 })
    expect(undoLabel()).toBe('Move a frame with what is in it')
    project().undo()
    expect(project().document).toStrictEqual(annotated())
  })

  it('a note moves alone, and a layer as ever', () => {
    drag('note:note_1', 508, 8, false)
    expect(noteWith('note_1')?.position).toEqual({ x: 508, y: 8 })
    expect(undoLabel()).toBe('Move a note')
    drag('dense_1', 8, 240, false)
    expect(placeOf('dense_1')).toEqual({ x: 8, y: 240 })
  })

  it('the end of a resizing is an edit', () => {
    takeNodeChanges(
      [
        {
          type: 'dimensions',
          id: 'note:note_1',
          dimensions: { width: 300, height: 90 },
          resizing: true,
          setAttributes: true,
        },
      ],
      undefined,
    )
    expect(noteWith('note_1')?.size.width).toBe(256)
    takeNodeChanges([{ type: 'dimensions', id: 'note:note_1', resizing: false }], undefined)
    expect(noteWith('note_1')?.size).toEqual({ width: 300, height: 90 })
    expect(undoLabel()).toBe('Resize a note')
  })

  it('selecting notes and layers together, and the arrow keys on both', () => {
    takeNodeChanges(
      [
        { type: 'select', id: 'note:note_1', selected: true },
        { type: 'select', id: 'input_1', selected: true },
      ],
      undefined,
    )
    expect([[...project().selectedLayers], [...project().selectedNotes]]).toEqual([['input_1'], ['note_1']])
    nudgeSelection('right', false)
    expect([placeOf('input_1')?.x, noteWith('note_1')?.position.x]).toEqual([8, 508])
  })
})

describe('a box of selection', () => {
  it('takes notes and layers, but no frame that it lies in', () => {
    const all = ['note:frame_1', 'note:note_1', 'dense_1'].map((id) => ({
      type: 'select' as const,
      id,
      selected: true,
    }))
    noteBox(true)
    takeNodeChanges(all, undefined)
    noteBox(false)
    expect([[...project().selectedLayers], [...project().selectedNotes]]).toEqual([['dense_1'], ['note_1']])
    takeNodeChanges(all, undefined)
    expect([...project().selectedNotes].toSorted()).toEqual(['frame_1', 'note_1'])
  })
})

describe('adding, copying and deleting', () => {
  it('a frame closes around the selected layers; a note is empty at first', () => {
    project().select(['input_1', 'flatten_1'])
    addFrame()
    expect(noteWith('frame_2')).toMatchObject({
      position: { x: -24, y: -48 },
      size: { width: 256, height: 264 },
    })
    addNote()
    expect(noteWith('note_2')).toMatchObject({ kind: 'note', text: '' })
    expect([...project().selectedNotes]).toEqual(['note_2'])
    expect(undoLabel()).toBe('Add a note')
  })

  it('notes are copied, pasted, duplicated and deleted with layers', () => {
    project().select(['dense_1'], [], ['note_1'])
    const text = copiedText() ?? ''
    pasteText(text)
    expect(noteWith('note_2')?.text).toBe('Why?')
    expect([[...project().selectedLayers], [...project().selectedNotes]]).toEqual([['dense_2'], ['note_2']])
    duplicateSelection()
    expect([...project().selectedNotes]).toEqual(['note_3'])
    deleteSelection()
    expect(undoLabel()).toBe('Delete 1 layer and 1 note')
    expect(noteWith('note_3')).toBeUndefined()
    project().select([], [], ['note_2'])
    deleteSelection()
    expect(undoLabel()).toBe('Delete a note')
  })
})

describe('Markdown', () => {
  let container: HTMLElement
  let root: ReturnType<typeof createRoot>
  beforeEach(() => {
    container = document.body.appendChild(document.createElement('div'))
    root = createRoot(container)
  })
  afterEach(() => {
    act(() => root.unmount())
    container.remove()
  })
  const show = (text: string) => act(() => root.render(<NoteMarkdown text={text} />))

  it('becomes headings, lists, tables and code', () => {
    show(
      '# Title\n\n1. **one**\n2. `two`\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx < y\n```\n> quote',
    )
    expect(container.querySelector('h3')?.textContent).toBe('Title')
    expect([...container.querySelectorAll('ol > li')].map((item) => item.innerHTML)).toEqual([
      '<strong>one</strong>',
      '<code>two</code>',
    ])
    expect(container.querySelector<HTMLInputElement>('ul input')?.checked).toBe(true)
    expect(container.querySelector('td:last-child')?.textContent).toBe('2')
    expect(container.querySelector('pre')?.textContent).toBe('x < y')
    expect(container.querySelector('blockquote')?.textContent?.trim()).toBe('quote')
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<b onclick="alert(1)">bold</b>',
    '<iframe src="https://example.org"></iframe>',
    '<style>*{display:none}</style>',
  ])('%s stays text', (html) => {
    show(`before\n\n${html}\n\nand ${html} inline`)
    expect(container.querySelector('script, img, b, iframe, style, [onclick], [onerror]')).toBeNull()
    expect(container.textContent).toContain(html)
  })

  it('pictures load nothing: their description stands for them', () => {
    show('![a cat](https://example.org/cat.png)')
    expect(container.querySelector('img')).toBeNull()
    expect(container.textContent).toBe('a cat')
  })

  it('links have no address of their own; pressed, they ask main, and only for pages in the web', async () => {
    main.answer('links.open', () => ({ ok: true, value: { opened: true } }))
    show('[paper](https://example.org/paper) and [evil](javascript:alert(1)) and [file](file:///etc/hosts)')
    expect(container.querySelector('a, [href]')).toBeNull()
    const links = [...container.querySelectorAll('button')]
    for (const link of links) act(() => link.click())
    expect(links.map(({ textContent }) => textContent)).toEqual(['paper', 'evil', 'file'])
    expect(main.calls('links.open')).toEqual([{ address: 'https://example.org/paper' }])
  })

  it('has a first line that says what a note is about', () => {
    expect(firstLine('\n## The **big** [idea](https://x.y)\nmore')).toBe('The big idea')
    expect(firstLine('  ')).toBe('')
  })
})
