import { describe, expect, it } from 'vitest'
import { makeBlock } from '../../../src-core/document/blocks/make-block.ts'
import { clipText, copyLayers, parseClip, pasteEdit } from '../../../src-core/document/clip.ts'
import { diffDocuments, isSameModel } from '../../../src-core/document/diff.ts'
import { editsBetween } from '../../../src-core/document/diff-edits.ts'
import { diffText } from '../../../src-core/document/diff-text.ts'
import { applyEdit, type Edit } from '../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { documentOf, planOf } from '../../support/models.ts'

const plain = documentOf('plain', [
  ['input', 'input', { shape: [4] }],
  ['dense', 'dense', { units: 4 }],
  ['relu', 'relu'],
  ['output', 'output'],
])

function made(document: ModelDocument, ...ids: readonly string[]): ModelDocument {
  const result = makeBlock(document, new Set(ids))
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return applyEdit(document, result.value.edit).document
}

const nested = made(made(plain, 'dense'), 'block_1', 'relu')
const wider: Edit = {
  type: 'editBlock',
  blockId: 'block_1',
  edit: { type: 'setParameters', layerId: 'dense', parameters: { units: 9 } },
}

function pasted(into: ModelDocument, from: ModelDocument, ...ids: readonly string[]): ModelDocument {
  const clip = copyLayers(from, new Set(ids))
  const read = parseClip(clip ? clipText(clip) : '')
  if (!read.ok || read.value.type !== 'layers') throw new Error('not a clip')
  return applyEdit(into, pasteEdit(into, read.value.clip, { offset: { x: 0, y: 0 }, label: 'Paste' }).edit)
    .document
}

describe('copied blocks', () => {
  it('bring what they consist of into another document', () => {
    const target = documentOf('other', [['input', 'input', { shape: [4] }]])
    const { blocks, layers } = pasted(target, nested, 'block_2')
    expect(blocks).toEqual(nested.blocks)
    expect(layers.map(({ kind }) => kind)).toEqual(['input', 'block:block_2'])
  })

  it('share the definition where it is there already', () => {
    expect(pasted(nested, nested, 'block_2').blocks).toEqual(nested.blocks)
  })

  it('become blocks of their own where other ones have their ids', () => {
    const { document: changed } = applyEdit(nested, wider)
    const { blocks, layers } = pasted(nested, changed, 'block_2')
    expect(blocks?.map(({ id }) => id)).toEqual(['block_1', 'block_2', 'block_3', 'block_4'])
    expect(blocks?.[3]?.layers.map(({ kind }) => kind)).toContain('block:block_3')
    expect(layers.at(-1)).toMatchObject({ id: 'block_1', kind: 'block:block_4' })
  })

  it('are copied as before where there are none', () => {
    expect(copyLayers(plain, new Set(['dense']))).toMatchObject({ version: 1 })
  })
})

describe('documents with blocks', () => {
  it('are compared inside of the blocks, too', () => {
    const { document: changed } = applyEdit(nested, wider)
    const diff = diffDocuments(nested, changed)
    expect(isSameModel(diff)).toBe(false)
    expect(diffText(diff)).toContain('1 block changed.')
    expect(diffText(diff)).toMatch(/changed {2}block_1\/dense {2}units: 4 → 9/)
    expect(isSameModel(diffDocuments(nested, nested))).toBe(true)
  })

  it('become each other by edits', () => {
    const { document: changed } = applyEdit(nested, wider)
    for (const [from, to] of [
      [nested, changed],
      [nested, plain],
      [plain, nested],
    ] as const) {
      const edits = editsBetween(from, to) ?? []
      const after = edits.reduce((document, edit) => applyEdit(document, edit).document, from)
      expect(serialiseDocument(after)).toBe(serialiseDocument(to))
      expect(planOf(after)).toEqual(planOf(to))
    }
  })
})
