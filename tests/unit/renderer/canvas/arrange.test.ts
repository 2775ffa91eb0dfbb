// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { applyEdit, type Edit } from '../../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { alignEdit, distributeEdit } from '../../../../src-renderer/canvas/arrange.ts'
import { documentOf } from '../support/documents.ts'

const all = new Set(['a', 'b', 'c'])
/** a at the upper left, c at the lower right; b is twice as wide and high as the others. */
function scattered(): ModelDocument {
  const document = documentOf([
    ['a', 'relu'],
    ['b', 'relu'],
    ['c', 'relu'],
  ])
  const places = [
    { x: 0, y: 0 },
    { x: 50, y: 300 },
    { x: 500, y: 900 },
  ]
  return {
    ...document,
    layers: document.layers.map((layer, index) => ({
      ...layer,
      position: places[index] ?? { x: 0, y: 0 },
    })),
  }
}
const sizeOf = (id: string) => (id === 'b' ? { width: 200, height: 80 } : { width: 100, height: 40 })

function places(edit: Edit | undefined): number[][] {
  if (!edit) throw new Error('nothing moves')
  return applyEdit(scattered(), edit).document.layers.map(({ position }) => [position.x, position.y])
}

describe('aligning', () => {
  it.each([
    [
      'left',
      [
        [0, 0],
        [0, 300],
        [0, 900],
      ],
    ],
    [
      'centre',
      [
        [250, 0],
        [200, 300],
        [250, 900],
      ],
    ],
    [
      'right',
      [
        [500, 0],
        [400, 300],
        [500, 900],
      ],
    ],
    [
      'top',
      [
        [0, 0],
        [50, 0],
        [500, 0],
      ],
    ],
    [
      'middle',
      [
        [0, 450],
        [50, 430],
        [500, 450],
      ],
    ],
    [
      'bottom',
      [
        [0, 900],
        [50, 860],
        [500, 900],
      ],
    ],
  ] as const)('%s', (alignment, expected) => {
    expect(places(alignEdit(scattered(), all, alignment, sizeOf))).toEqual(expected)
  })

  it('names the step and leaves the others where they are', () => {
    const edit = alignEdit(scattered(), new Set(['a', 'b']), 'left', sizeOf)
    expect(edit).toMatchObject({ label: 'Align 2 layers left' })
    expect(places(edit)).toEqual([
      [0, 0],
      [0, 300],
      [500, 900],
    ])
  })

  it('is nothing for one layer, or where all stand in line already', () => {
    expect(alignEdit(scattered(), new Set(['a']), 'left', sizeOf)).toBeUndefined()
    const once = alignEdit(scattered(), all, 'top', sizeOf)
    if (once) expect(alignEdit(applyEdit(scattered(), once).document, all, 'top', sizeOf)).toBeUndefined()
  })
})

describe('distributing', () => {
  it('leaves equal gaps between layers of different sizes', () => {
    // 600 wide, 400 taken: two gaps of 100. 940 high, 160 taken: two gaps of 390.
    expect(places(distributeEdit(scattered(), all, 'horizontally', sizeOf))).toEqual([
      [0, 0],
      [200, 300],
      [500, 900],
    ])
    expect(places(distributeEdit(scattered(), all, 'vertically', sizeOf))).toEqual([
      [0, 0],
      [50, 430],
      [500, 900],
    ])
  })

  it('is nothing for two layers', () => {
    expect(distributeEdit(scattered(), new Set(['a', 'c']), 'vertically', sizeOf)).toBeUndefined()
  })
})
