import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { Outline } from '../../../../src-renderer/panels/outline/outline.tsx'
import { type CanvasHandle, provideCanvas } from '../../../../src-renderer/state/canvas-handle.ts'
import { startCompiling, useCompile } from '../../../../src-renderer/state/compile-store.ts'
import { useProject } from '../../../../src-renderer/state/project-store.ts'
import { documentOf, opened } from '../support/documents.ts'

function framed(): ModelDocument {
  const document = documentOf([
    ['input_1', 'input', { shape: [8] }],
    ['encoder', 'dense', { units: 4 }],
    ['head', 'dense', { units: 0 }],
    ['output_1', 'output'],
  ])
  const frame = {
    id: 'frame_1',
    kind: 'frame',
    text: '## The **encoder**\nand more',
    position: { x: -40, y: 90 },
    size: { width: 300, height: 140 },
  } as const
  return { ...document, canvas: { notes: [frame] } }
}

let container: HTMLElement
let root: ReturnType<typeof createRoot>
let ends: (() => void)[] = []
const shown: unknown[] = []

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  useProject.getState().show(opened(framed()))
  const nothing = () => undefined
  const origin = () => ({ x: 0, y: 0 })
  // The canvas itself needs a browser that measures; what the outline asks of it is noted.
  const handle: CanvasHandle = {
    zoomIn: nothing,
    zoomOut: nothing,
    fit: nothing,
    focusLayer: nothing,
    focus: nothing,
    reveal: nothing,
    show: (what) => shown.push(what),
    beside: nothing,
    middle: origin,
    centre: origin,
    toDocument: origin,
    sizeOf: nothing,
  }
  shown.length = 0
  ends = [startCompiling(), provideCanvas(handle)]
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  act(() => root.render(<Outline />))
})
afterEach(() => {
  act(() => root.unmount())
  container.remove()
  for (const end of ends) end()
})

const rows = () => [...container.querySelectorAll<HTMLElement>('[role="treeitem"]')]
/** What is said of a line: all that is not hidden from screen readers. */
const spoken = (row: Element | null) =>
  [...(row?.children ?? [])]
    .filter((part) => part.getAttribute('aria-hidden') !== 'true')
    .map(({ textContent }) => textContent)
    .join('')
const lines = () => rows().map((row) => `${row.ariaLevel ?? row.getAttribute('aria-level')} ${spoken(row)}`)
function press(key: string): void {
  const target = document.activeElement === document.body ? rows()[0] : document.activeElement
  act(
    () => void target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
  )
}

describe('the outline', () => {
  it('lists layers along the flow, those of a frame below it, with what they give and what is wrong', () => {
    expect(useCompile.getState().errorCount).toBeGreaterThan(0)
    expect(lines()).toEqual([
      '1 input_1, Input, gives 8',
      '1 Frame: The encoder',
      '2 encoder, Dense, gives 4, 36 parameters',
      '1 head, Dense, 1 problem',
      '1 output_1, Output',
    ])
    expect(rows()[0]?.getAttribute('aria-setsize')).toBe('4')
  })

  it('opens a layer to its wires and problems, by the keys of a tree', () => {
    rows()[0]?.focus()
    for (const _ of [1, 2, 3]) press('ArrowDown')
    press('ArrowRight')
    expect(lines().slice(3, 7)).toEqual([
      '1 head, Dense, 1 problem',
      '2 Wire from encoder, carries 4',
      '2 Wire to output_1',
      expect.stringMatching(/^2 Error: head has Units 0/),
    ])
    press('ArrowRight')
    press('Enter')
    expect(shown).toEqual([{ layerId: 'encoder' }])
    press('ArrowLeft')
    press('ArrowLeft')
    expect(lines()[4]).toBe('1 output_1, Output')
    press('End')
    expect(spoken(document.activeElement)).toContain('output_1')
    press('i')
    expect(spoken(document.activeElement)).toContain('input_1')
  })

  it('shows what is chosen and what is selected, notes too', () => {
    act(() => rows()[1]?.click())
    expect(shown).toEqual([{ noteId: 'frame_1' }])
    act(() => useProject.getState().select(['head'], [], ['frame_1']))
    expect(rows().map((row) => row.getAttribute('aria-selected'))).toEqual([
      'false',
      'true',
      'false',
      'true',
      'false',
    ])
  })

  it('deletes the layer of a line, but not the one that a wire leads to', () => {
    const ids = () => useProject.getState().document?.layers.map(({ id }) => id)
    rows()[0]?.focus()
    for (const _ of [1, 2, 3]) press('ArrowDown')
    press('ArrowRight')
    press('ArrowRight')
    press('Delete')
    expect(ids()).toEqual(['input_1', 'encoder', 'head', 'output_1'])
    press('ArrowLeft')
    press('Delete')
    expect(ids()).toEqual(['input_1', 'encoder', 'output_1'])
  })
})
