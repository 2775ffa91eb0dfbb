import { expect, it } from 'vitest'
import { insideOf } from '../../../src-core/document/blocks/block-edits.ts'
import { makeBlock } from '../../../src-core/document/blocks/make-block.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { documentOf } from '../../support/models.ts'

const plain = documentOf('plain', [
  ['input', 'input', { shape: [4] }],
  ['dense', 'dense', { units: 3 }],
  ['output', 'output'],
])

function withBlock() {
  const made = makeBlock(plain, new Set(['dense']))
  if (!made.ok) throw new Error('no block')
  return applyEdit(plain, made.value.edit).document
}

it('a document without blocks is written as version 1, to the byte as before, and read back', () => {
  const text = serialiseDocument(plain)
  expect(text).toContain('"version": 1')
  expect(text).not.toContain('blocks')
  const read = parseDocument(text)
  expect(read.ok && serialiseDocument(read.value)).toBe(text)
})

it('a document with blocks is written as version 2 with its keys in order', () => {
  const text = serialiseDocument(withBlock())
  expect(Object.keys(JSON.parse(text))).toEqual([
    'format',
    'version',
    'name',
    'description',
    'layers',
    'connections',
    'blocks',
    'dataset',
    'training',
  ])
  expect(JSON.parse(text)).toMatchObject({
    version: 2,
    blocks: [{ id: 'block_1', name: 'block_1', parameters: [] }],
  })
  const read = parseDocument(text)
  expect(read.ok && read.value).toEqual(withBlock())
})

it('two layers of one id inside a block are refused by name of the block', () => {
  const json = JSON.parse(serialiseDocument(withBlock()))
  json.blocks[0].layers.push(json.blocks[0].layers[0])
  const read = parseDocument(JSON.stringify(json))
  expect(read.ok ? [] : read.problems).toMatchObject([
    { message: expect.stringContaining('blocks[0].layers') },
  ])
})

it('a note inside a block is part of the block, goes through a file, and is undone', () => {
  const before = withBlock()
  const note = {
    id: 'note_1',
    kind: 'note' as const,
    text: 'why *so*',
    position: { x: 10, y: 20 },
    size: { width: 200, height: 120 },
  }
  const applied = applyEdit(before, {
    type: 'editBlock',
    blockId: 'block_1',
    edit: { type: 'addNote', note },
  })
  expect(applied.document.canvas).toBeUndefined()
  expect(applied.document.blocks?.[0]?.canvas).toEqual({ notes: [note] })
  const read = parseDocument(serialiseDocument(applied.document))
  expect(read.ok && read.value).toEqual(applied.document)
  expect(applyEdit(applied.document, applied.inverse).document).toEqual(before)
})

it('the inside of a block shows none of the notes around it', () => {
  const note = {
    id: 'note_1',
    kind: 'note' as const,
    text: 'outside',
    position: { x: 0, y: 0 },
    size: { width: 200, height: 120 },
  }
  const { document } = applyEdit(withBlock(), { type: 'addNote', note })
  expect(insideOf(document, 'block_1')?.canvas).toBeUndefined()
  expect(document.canvas).toEqual({ notes: [note] })
})
