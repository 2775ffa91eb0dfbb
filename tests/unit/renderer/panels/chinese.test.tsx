import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProjectSummary, Template } from '../../../../src-core/ipc/contract.ts'
import { speak, t } from '../../../../src-core/language/t.ts'
import { layerDefinition } from '../../../../src-core/layers/catalogue.ts'
import { templateCategories } from '../../../../src-core/templates/template-facts.ts'
import { Inspector } from '../../../../src-renderer/panels/inspector/inspector.tsx'
import { StartPage } from '../../../../src-renderer/panels/start/start-page.tsx'
import { startCompiling, useCompile } from '../../../../src-renderer/state/compile-store.ts'
import { useProject } from '../../../../src-renderer/state/project-store.ts'
import { type InspectorTab, useUi } from '../../../../src-renderer/state/ui-store.ts'
import { formatDate } from '../../../../src-renderer/ui/format.ts'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'
import { opened, smallClassifier } from '../support/documents.ts'
import { installMain } from '../support/main-fake.ts'

let container: HTMLElement
let root: ReturnType<typeof createRoot>
let stopCompiling: () => void

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  stopCompiling = startCompiling()
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  speak('zh-CN')
})
afterEach(() => {
  act(() => root.unmount())
  container.remove()
  stopCompiling()
  speak('en')
})

function render(content: ReactNode): Promise<void> {
  return act(async () => root.render(<TooltipProvider>{content}</TooltipProvider>))
}

/** Everything on the screen that people read or hear. */
function said(): string[] {
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT)
  const texts: string[] = []
  while (walker.nextNode()) texts.push(walker.currentNode.nodeValue ?? '')
  for (const element of container.querySelectorAll('*')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'aria-description', 'alt']) {
      texts.push(element.getAttribute(name) ?? '')
    }
  }
  return texts.filter((text) => text.trim() !== '')
}

/**
 * What is left in Latin letters of what is said.
 * @param whole texts that may be said as they are: those of the core
 * @param names names, units and code, which may also stand within a text
 */
function leftInEnglish(whole: readonly string[], names: readonly string[]): string[] {
  const longestFirst = names.toSorted((one, other) => other.length - one.length)
  return said()
    .filter((text) => !whole.includes(text) && !whole.some((english) => t(english) === text))
    .map((text) => longestFirst.reduce((rest, name) => rest.replaceAll(name, ''), text))
    .filter((text) => /[a-z]{2}/i.test(text))
}

describe('the inspector in Chinese', () => {
  const dense = layerDefinition('dense')
  const fields = Object.values(dense?.parameters ?? {})
  const ofTheCore = [
    dense?.description ?? '',
    dense?.category ?? '',
    ...fields.flatMap(({ label, description }) => [label, description]),
    ...fields.flatMap((field) => (field.control === 'choice' ? field.choices : [])),
  ]
  const ports = (dense?.inputs ?? []).flatMap(({ label }) => [label, t(label)])
  const names = ['Test model', 'input_1', 'flatten_1', 'dense_1', 'output_1', 'Dense', 'kernel', 'bias']
  const code = [dense?.formula ?? '', dense?.reference ?? '', 'FLOP', 'KiB']
  const known = [...names, ...code, ...ports].filter((name) => name !== '')

  it.each<InspectorTab>(['layer', 'preview', 'model'])(
    'says nothing in English on the tab “%s”',
    async (tab) => {
      act(() => {
        useProject.getState().show(opened(smallClassifier()))
        useProject.getState().select(['dense_1'])
      })
      await render(<Inspector />)
      act(() => useUi.getState().setInspectorTab(tab))
      expect(useCompile.getState().plan).not.toBeNull()
      expect(said().length).toBeGreaterThan(5)
      expect(leftInEnglish(ofTheCore, known)).toEqual([])
    },
  )

  it('calls the parameters of a layer and its sizes by Chinese names', async () => {
    act(() => {
      useProject.getState().show(opened(smallClassifier()))
      useProject.getState().select(['dense_1'])
    })
    await render(<Inspector />)
    act(() => useUi.getState().setInspectorTab('layer'))
    const headings = [...container.querySelectorAll('h3')].map(({ textContent }) => textContent)
    expect(headings).toEqual(['参数', '训练', '连线', '形状与大小（每个样本）', '权重', '定义'])
  })
})

describe('the start page in Chinese', () => {
  const project: ProjectSummary = {
    id: 1,
    name: 'My digits',
    filePath: null,
    layerCount: 4,
    updatedAt: '2025-01-01T00:00:00.000Z',
  }
  const template: Template = {
    id: 'small',
    title: 'A small one',
    description: 'Two layers and a table.',
    category: 'Getting started',
    difficulty: 'easy',
    data: 'Some rows',
    document: smallClassifier(),
  }
  const names = ['LayerLoom', project.name, template.data, formatDate(project.updatedAt)]
  const ofTheCore = [template.title, template.description, template.data, ...templateCategories]

  it('says nothing in English but names', async () => {
    const main = installMain()
    main.answer('projects.list', () => ({ ok: true, value: [project] }))
    main.answer('projects.sketches', () => ({ ok: true, value: [] }))
    main.answer('templates.list', () => ({ ok: true, value: [template] }))
    await render(<StartPage />)
    const texts = said().join('\n')
    expect(texts).toContain('最近的项目')
    expect(texts).toContain('4 个层 · ')
    expect(texts).toContain('1 个模板')
    expect(texts).toContain('简单')
    expect(leftInEnglish(ofTheCore, names)).toEqual([])
  })
})
