import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { ReactFlowProvider } from 'reactflow'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { emptyDocument } from '../../../../src-core/document/model-document.ts'
import { type Language, languageNames } from '../../../../src-core/language/language.ts'
import { speak } from '../../../../src-core/language/t.ts'
import { OutsideChangeDialog } from '../../../../src-renderer/app/outside-change-dialog.tsx'
import { TopBar } from '../../../../src-renderer/app/top-bar.tsx'
import { CanvasToolbar } from '../../../../src-renderer/canvas/canvas-toolbar.tsx'
import { FocusNote } from '../../../../src-renderer/canvas/focus-note.tsx'
import { useOutsideChange } from '../../../../src-renderer/state/outside-change.ts'
import { useProject } from '../../../../src-renderer/state/project-store.ts'
import { focusPath, forgetReading } from '../../../../src-renderer/state/reading-store.ts'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'
import { opened, smallClassifier } from '../support/documents.ts'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
  document.body.innerHTML = ''
  useProject.getState().show(opened(smallClassifier()))
})
afterEach(() => {
  speak('en')
  act(() => {
    forgetReading()
    useOutsideChange.setState({ change: null })
  })
})

function render(language: Language, content: ReactNode): void {
  speak(language)
  const holder = document.body.appendChild(document.createElement('div'))
  const root = createRoot(holder)
  onTestFinished(() => act(() => root.unmount()))
  act(() =>
    root.render(
      <TooltipProvider>
        <ReactFlowProvider>{content}</ReactFlowProvider>
      </TooltipProvider>,
    ),
  )
}

/** Everything that is read or heard, but for what people named and for keys. */
function texts(): string[] {
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) found.push(walker.currentNode.nodeValue ?? '')
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '')
  }
  return found.map((text) => text.trim()).filter((text) => /[A-Za-z]{2}/.test(text))
}

const press = (label: string) =>
  act(() => {
    const button = document.querySelector<HTMLElement>(`[aria-label="${label}"]`)
    button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  })

describe('in Chinese nothing English is left', () => {
  it('in the bar at the top, its menu open', () => {
    render('zh-CN', <TopBar />)
    expect(texts()).toEqual(['Ctrl+Enter'])
    press('主题')
    expect(document.querySelectorAll('[role="menuitemcheckbox"]')).toHaveLength(6)
    const keys = texts().filter((text) => /^Ctrl\+/.test(text))
    expect(texts().filter((text) => !keys.includes(text))).toEqual([languageNames.en])
  })

  it('in the toolbar of the canvas', () => {
    render('zh-CN', <CanvasToolbar />)
    expect(document.querySelectorAll('button')).toHaveLength(6)
    expect(texts()).toEqual([])
  })
})

describe('a sentence with markup', () => {
  const document_ = { ...emptyDocument('a <b>bold</b> & co'), layers: smallClassifier().layers }

  it.each([
    [
      'en',
      '/tmp/<code>.json now holds “a <b>bold</b> & co” with 4 layers. “Keep mine” writes this drawing over it, “Take theirs” shows what the file holds and can be undone, and a copy leaves both as they are.',
    ],
    [
      'zh-CN',
      '/tmp/<code>.json 中现在是“a <b>bold</b> & co”，有 4 个层。“保留我的版本”会用当前内容覆盖文件；“采用文件的版本”会显示文件中的内容，并且可以撤销；另存为副本则两者都保持不变。',
    ],
  ] as const)('shows names as they are (%s)', (language, text) => {
    useOutsideChange.setState({ change: { filePath: '/tmp/<code>.json', document: document_ } })
    render(language, <OutsideChangeDialog />)
    expect(document.querySelector('.dialog__body')?.textContent).toBe(text)
    expect(document.querySelector('.dialog__body code')?.textContent).toBe('/tmp/<code>.json')
  })

  it.each([
    ['en', 'What leads to dense_1: 3 of 4 layers'],
    ['zh-CN', '通向 dense_1 的路径：4 个层中的 3 个'],
  ] as const)('says which path is in focus (%s)', (language, text) => {
    focusPath('dense_1', 'before')
    render(language, <FocusNote />)
    expect(document.querySelector('.canvas-bar span')?.textContent).toBe(text)
    expect(document.querySelector('.canvas-bar strong')?.textContent).toBe('dense_1')
  })
})
