import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { largeDocument } from '../../../../bench/canvas/drawing.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { makeBlockOfSelection } from '../../../../src-renderer/canvas/block-actions.ts'
import { Outline } from '../../../../src-renderer/panels/outline/outline.tsx'
import { type CanvasHandle, provideCanvas } from '../../../../src-renderer/state/canvas-handle.ts'
import { startCompiling, useCompile } from '../../../../src-renderer/state/compile-store.ts'
import { forgetOutlines, useOutlineViews } from '../../../../src-renderer/state/outline-views.ts'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
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

/** What jsdom, which lays nothing out, says of the height of everything. */
const panelHeight = 560

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
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: panelHeight })
  useOutlineViews.setState(new Map(), true)
  mount()
})
afterEach(() => {
  unmount()
  Reflect.deleteProperty(HTMLElement.prototype, 'clientHeight')
  for (const end of ends) end()
})

function mount(): void {
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  act(() => root.render(<Outline />))
}
function unmount(): void {
  act(() => root.unmount())
  container.remove()
}

const rows = () => [...container.querySelectorAll<HTMLElement>('[role="treeitem"]')]
/** What is said of a line: all that is not hidden from screen readers. */
const spoken = (row: Element | null) =>
  [...(row?.children ?? [])]
    .filter((part) => part.getAttribute('aria-hidden') !== 'true')
    .map(({ textContent }) => textContent)
    .join('')
const lines = () => rows().map((row) => `${row.getAttribute('aria-level')} ${spoken(row)}`)
const active = () => rows().filter(({ tabIndex }) => tabIndex === 0)
const focusFirst = () => act(() => rows()[0]?.focus())
/** Presses a key and lets go of it. */
function press(key: string): void {
  const code = key === ' ' ? 'Space' : key
  for (const type of ['keydown', 'keyup']) {
    const event = new KeyboardEvent(type, { key, code, bubbles: true, cancelable: true })
    act(() => void document.activeElement?.dispatchEvent(event))
  }
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
    focusFirst()
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
    focusFirst()
    for (const _ of [1, 2, 3]) press('ArrowDown')
    press('ArrowRight')
    press('ArrowRight')
    press('Delete')
    expect(ids()).toEqual(['input_1', 'encoder', 'head', 'output_1'])
    press('ArrowLeft')
    press('Delete')
    expect(ids()).toEqual(['input_1', 'encoder', 'output_1'])
    expect(spoken(document.activeElement)).toContain('output_1')
    press('Delete')
    expect(spoken(document.activeElement)).toBe('Frame: The encoder')
    press('End')
    press('Delete')
    expect(ids()).toEqual(['input_1'])
    expect(spoken(document.activeElement)).toBe('Frame: The encoder')
  })

  it('closes and opens a frame; the active line inside of it is then the frame', () => {
    act(() => rows()[2]?.focus())
    expect(active().map(spoken)).toEqual(['encoder, Dense, gives 4, 36 parameters'])
    const chevron = () => rows()[1]?.querySelector<HTMLElement>('.outline__chevron')
    act(() => chevron()?.click())
    expect(lines().slice(1, 3)).toEqual(['1 Frame: The encoder', '1 head, Dense, 1 problem'])
    expect(rows()[1]?.getAttribute('aria-expanded')).toBe('false')
    expect(active().map(spoken)).toEqual(['Frame: The encoder'])
    expect(shown).toEqual([])
    act(() => chevron()?.click())
    expect(lines()[2]).toBe('2 encoder, Dense, gives 4, 36 parameters')
  })

  it('follows the drawing, and keeps what was opened', () => {
    focusFirst()
    press('ArrowRight')
    expect(rows()).toHaveLength(6)
    act(() => dispatch({ type: 'setParameters', layerId: 'encoder', parameters: { units: 16 } }))
    act(() => dispatch({ type: 'setParameters', layerId: 'head', parameters: { units: 3 } }))
    expect(lines()).toEqual([
      '1 input_1, Input, gives 8',
      '2 Wire to encoder, carries 8',
      '1 Frame: The encoder',
      '2 encoder, Dense, gives 16, 144 parameters',
      '1 head, Dense, gives 3, 51 parameters',
      '1 output_1, Output, gives 3',
    ])
    act(() => dispatch({ type: 'renameLayer', layerId: 'head', name: 'top_1' }))
    press('t')
    press('o')
    press('p')
    press('_')
    expect(spoken(document.activeElement)).toContain('top_1')
  })

  it('goes to a line by Enter and by Space, and leaves other keys to the window', () => {
    const heard: string[] = []
    const listen = (event: KeyboardEvent) => event.defaultPrevented || heard.push(event.key)
    window.addEventListener('keydown', listen)
    onTestFinished(() => window.removeEventListener('keydown', listen))
    focusFirst()
    press('Enter')
    press('PageDown')
    press(' ')
    for (const key of ['Home', 'ArrowLeft', 'x', 'Escape', 'F3']) press(key)
    expect(shown).toEqual([{ layerId: 'input_1' }, { layerId: 'output_1' }])
    expect(heard).toEqual(['Escape', 'F3'])
  })
})

describe('the outline of a long drawing', () => {
  const count = 1000
  beforeEach(() => act(() => useProject.getState().show(opened(largeDocument(count), 2))))

  it('draws the lines in sight and tells of all of them', () => {
    expect(rows().length).toBeGreaterThan(panelHeight / 28)
    expect(rows().length).toBeLessThan(100)
    expect(rows()[0]?.getAttribute('aria-setsize')).toBe(String(count))
    expect(active()).toEqual([rows()[0]])
    focusFirst()
    press('End')
    const last = document.activeElement
    expect(spoken(last)).toBe('output, Output, gives 16')
    expect(last?.getAttribute('aria-posinset')).toBe(String(count))
    expect(active()).toEqual([last])
    expect(rows().length).toBeLessThan(100)
    press('ArrowUp')
    expect(spoken(document.activeElement)).toMatch(/^sum, Add/)
    press('Home')
    press('PageDown')
    // A page is what fits, less the line that is read on from.
    expect(document.activeElement?.getAttribute('aria-posinset')).toBe(String(panelHeight / 28))
    for (const letter of 'dense_99') press(letter)
    expect(spoken(document.activeElement)).toMatch(/^dense_99, Dense/)
    for (const letter of '6') press(letter)
    expect(spoken(document.activeElement)).toMatch(/^dense_996, Dense/)
  })
})

describe('an outline that comes back', () => {
  const byProject = (id: number) => act(() => useProject.getState().show(opened(framed(), id)))

  it('has its folds and its active line, each project its own', () => {
    focusFirst()
    press('ArrowRight')
    press('ArrowDown')
    press('ArrowDown')
    press('ArrowLeft')
    const before = lines()
    expect(before).toHaveLength(5)
    expect(active().map(spoken)).toEqual(['Frame: The encoder'])
    byProject(2)
    expect(lines()).not.toEqual(before)
    expect(active()).toEqual([rows()[0]])
    byProject(1)
    expect(lines()).toEqual(before)
    expect(active().map(spoken)).toEqual(['Frame: The encoder'])
    unmount()
    mount()
    expect(lines()).toEqual(before)
    unmount()
    forgetOutlines(1)
    mount()
    expect(lines()).not.toEqual(before)
  })

  it('is another one inside of a block', () => {
    const { select, enter } = useProject.getState()
    act(() => select(['encoder', 'head']))
    act(() => makeBlockOfSelection())
    const [block = ''] = useProject.getState().selectedLayers
    focusFirst()
    press('ArrowRight')
    const outside = lines()
    expect(outside[1]).toMatch(/^2 Wire to/)
    act(() => enter([block]))
    expect(lines().map((line) => line.slice(0, 2))).toEqual(['1 ', '1 ', '1 ', '1 '])
    focusFirst()
    press('ArrowRight')
    const inside = lines()
    expect(inside).toHaveLength(5)
    act(() => enter([]))
    expect(lines()).toEqual(outside)
    act(() => enter([block]))
    expect(lines()).toEqual(inside)
  })
})
