// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { findOnCanvas, pathMembers, wrapped } from '../../../../src-renderer/canvas/reading.ts'
import { documentOf } from '../support/documents.ts'

/** input → a → b → output, input → c → output; lone stands alone. */
function branches(): ModelDocument {
  const document = documentOf(
    [
      ['input_1', 'input'],
      ['a', 'conv2d'],
      ['b', 'conv2d'],
      ['c', 'dense'],
      ['add_1', 'add'],
      ['lone', 'dense'],
    ],
    [
      ['input_1', 'a'],
      ['a', 'b'],
      ['b', 'add_1', 'inputs'],
      ['input_1', 'c'],
      ['c', 'add_1', 'inputs'],
    ],
  )
  const note = { kind: 'note', position: { x: 0, y: 0 }, size: { width: 200, height: 100 } } as const
  return { ...document, canvas: { notes: [{ ...note, id: 'note_1', text: 'Dense is *slow*' }] } }
}

describe('a path', () => {
  it('holds what leads to a layer, with the wires between', () => {
    const members = pathMembers(branches(), 'b', 'before')
    expect([...(members?.layers ?? [])]).toEqual(['b', 'a', 'input_1'])
    expect([...(members?.wires ?? [])].toSorted()).toEqual(['a-b', 'input_1-a'])
  })

  it('holds what follows', () => {
    const members = pathMembers(branches(), 'a', 'after')
    expect([...(members?.layers ?? [])]).toEqual(['a', 'b', 'add_1'])
    expect([...(members?.wires ?? [])].toSorted()).toEqual(['a-b', 'b-add_1'])
  })

  it('ends in circles, and is none for a layer that is gone', () => {
    const circle = documentOf(
      [
        ['x', 'dense'],
        ['y', 'dense'],
      ],
      [
        ['x', 'y'],
        ['y', 'x'],
      ],
    )
    expect(pathMembers(circle, 'x', 'before')?.layers.size).toBe(2)
    expect(pathMembers(circle, 'gone', 'before')).toBeUndefined()
  })
})

describe('the search', () => {
  it('finds names and kinds along the flow, then notes; all words must be there', () => {
    expect(findOnCanvas(branches(), 'dense')).toEqual([
      { layerId: 'lone' },
      { layerId: 'c' },
      { noteId: 'note_1' },
    ])
    expect(findOnCanvas(branches(), 'CONV b')).toEqual([{ layerId: 'b' }])
    expect(findOnCanvas(branches(), 'conv nothing')).toEqual([])
    expect(findOnCanvas(branches(), '  ')).toEqual([])
  })

  it('goes round in both directions', () => {
    expect([0, 2, 3, -1, -4].map((found) => wrapped(found, 3))).toEqual([0, 2, 0, 2, 2])
    expect(wrapped(5, 0)).toBe(0)
  })
})
