import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { directionOf, type Note, notesOf } from '../../../src-core/document/canvas-part.ts'
import { clipText, copyLayers, parseClip, pasteEdit } from '../../../src-core/document/clip.ts'
import { diffDocuments, isSameModel } from '../../../src-core/document/diff.ts'
import { editsBetween } from '../../../src-core/document/diff-edits.ts'
import { diffText } from '../../../src-core/document/diff-text.ts'
import { applyEdit, type Edit } from '../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { chain, layer } from '../compile/drawings.ts'

const note: Note = {
  id: 'note_1',
  kind: 'note',
  text: '# Why\nBecause *it* works.',
  position: { x: 10.4, y: -0.2 },
  size: { width: 240, height: 120 },
}
const frame: Note = { ...note, id: 'frame_1', kind: 'frame', text: 'Encoder', colour: 'blue' }

const plain = (): ModelDocument => chain(layer('input_1', 'input', { shape: [4] }), layer('dense_1', 'dense'))
const edited = (document: ModelDocument, ...edits: readonly Edit[]) =>
  applyEdit(document, { type: 'group', label: 'Test', edits })
const annotated = () =>
  edited(
    plain(),
    { type: 'addNote', note },
    { type: 'addNote', note: frame, index: 0 },
    { type: 'setDirection', direction: 'right' },
    { type: 'setPinned', layerId: 'dense_1', pinned: true },
  )
const read = (text: string) => {
  const result = parseDocument(text)
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

describe('notes, direction and pins in a document', () => {
  it('are written in a fixed order, in whole pixels, and read again', () => {
    const text = serialiseDocument(annotated().document)
    expect(text).toContain(`
  "canvas": {
    "direction": "right",
    "notes": [
      {
        "id": "frame_1",
        "kind": "frame",
        "text": "Encoder",
        "colour": "blue",
        "position": { "x": 10, "y": 0 },
        "size": { "width": 240, "height": 120 }
      },
      {
        "id": "note_1",`)
    expect(text).toContain('"pinned": true')
    expect(serialiseDocument(read(text))).toBe(text)
  })

  it('are all taken back by one undo, to the identical document and text', () => {
    const { document, inverse } = annotated()
    const back = applyEdit(document, inverse).document
    expect(back).toStrictEqual(plain())
    expect(serialiseDocument(back)).toBe(serialiseDocument(plain()))
  })

  it('leave the text of documents that have none as it is', async () => {
    const golden = await readFile('tests/golden/document.loom.json', 'utf8')
    expect(serialiseDocument(read(golden))).toBe(golden)
    expect(golden).not.toContain('canvas')
    const emptied = { ...plain(), canvas: { direction: 'down' as const, notes: [] } }
    expect(serialiseDocument(emptied)).toBe(serialiseDocument(plain()))
  })

  it('are refused where no document can hold them, and the document stays the same object', () => {
    const document = annotated().document
    const bad: readonly Edit[] = [
      { type: 'addNote', note },
      { type: 'replaceNote', note: { ...note, size: { width: 1, height: 1 } } },
      { type: 'replaceNote', note: { ...note, position: { x: Number.NaN, y: 0 } } },
      { type: 'replaceNote', note: { ...note, id: 'gone' } },
      { type: 'removeNote', noteId: 'gone' },
      { type: 'setDirection', direction: 'right' },
      { type: 'setPinned', layerId: 'dense_1', pinned: true },
    ]
    for (const edit of bad) expect(applyEdit(document, edit).document).toBe(document)
  })

  it('two notes with one id are refused with their place', () => {
    const text = serialiseDocument(annotated().document).replace('"id": "frame_1"', '"id": "note_1"')
    const result = parseDocument(text)
    expect(result.ok ? [] : result.problems.map(({ message }) => message)).toEqual([
      'Two entries of the document\'s field canvas.notes have the id "note_1".',
    ])
  })
})

describe('comparing documents', () => {
  it('names notes that read otherwise, but not where they stand', () => {
    const one = annotated().document
    const moved = edited(one, { type: 'replaceNote', note: { ...note, position: { x: 500, y: 0 } } }).document
    const written = edited(one, { type: 'replaceNote', note: { ...note, text: 'Other' } }).document
    expect(isSameModel(diffDocuments(one, moved))).toBe(true)
    expect(diffText(diffDocuments(one, written))).toContain('notes changed.')
  })

  it('leads from one document to the other, and back', () => {
    const [one, other] = [plain(), annotated().document]
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const edits = editsBetween(from, to)
      if (!edits) throw new Error('no edits')
      const result = edited(from, ...edits).document
      expect(result).toStrictEqual(to)
    }
  })
})

describe('the clipboard', () => {
  it('takes notes along, under free ids; copies are not pinned', () => {
    const document = annotated().document
    const clip = copyLayers(document, new Set(['dense_1']), new Set(['note_1']))
    if (!clip) throw new Error('nothing was copied')
    const parsed = parseClip(clipText(clip))
    if (!parsed.ok || parsed.value.type !== 'layers') throw new Error('no layers')
    const pasted = pasteEdit(document, parsed.value.clip, { offset: { x: 8, y: 16 }, label: 'Paste' })
    const result = applyEdit(document, pasted.edit).document
    expect(pasted.noteIds).toEqual(['note_2'])
    expect(notesOf(result).at(-1)).toEqual({ ...note, id: 'note_2', position: { x: 18.4, y: 15.8 } })
    expect(result.layers.map(({ id, pinned }) => [id, pinned])).toEqual([
      ['input_1', undefined],
      ['dense_1', true],
      ['dense_2', undefined],
    ])
    expect(directionOf(result)).toBe('right')
  })

  it('can hold notes alone, but not nothing', () => {
    const clip = copyLayers(annotated().document, new Set(), new Set(['frame_1']))
    expect(clip && parseClip(clipText(clip)).ok).toBe(true)
    expect(clip && parseClip(clipText({ ...clip, notes: [] })).ok).toBe(false)
  })
})
