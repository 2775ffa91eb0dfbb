import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RunDetail } from '../../../../src-core/ipc/contract.ts'
import { ProjectTabs } from '../../../../src-renderer/app/tabs/project-tabs.tsx'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
import { startRunProjects, useRunProjects } from '../../../../src-renderer/state/run-projects.ts'
import { useRuns } from '../../../../src-renderer/state/run-store.ts'
import { closeTab, openInTab, showTab } from '../../../../src-renderer/state/tab-actions.ts'
import { markTouched, shownId, useTabs } from '../../../../src-renderer/state/tabs-store.ts'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'
import { opened, smallClassifier } from '../support/documents.ts'
import { installMain, type MainFake } from '../support/main-fake.ts'

let main: MainFake
let root: Root
let stop: () => void

const named = (id: number) => opened({ ...smallClassifier(), name: `Model ${id}` }, id)
const tabs = () => [...document.querySelectorAll<HTMLElement>('[role="tab"]')]
const texts = () => tabs().map((tab) => tab.textContent)
const row = () => useTabs.getState().tabs.map(({ projectId }) => projectId)

function tabOf(index: number): HTMLElement {
  const tab = tabs()[index]
  if (!tab) throw new Error(`there is no tab ${index}`)
  return tab
}

function runOf(runId: number, projectId: number): RunDetail {
  const model = smallClassifier()
  return {
    run: {
      id: runId,
      name: 'Run',
      projectId,
      projectName: 'Model',
      datasetName: 'iris',
      status: 'running',
      engine: 'onnx/cpu',
      device: 'CPU',
      epochs: 1,
      epochsDone: 0,
      startedAt: '2025-01-01T00:00:00.000Z',
      seconds: null,
      samplesPerSecond: null,
      documentHash: 'h',
      train: null,
      validation: null,
      test: null,
      problem: null,
    },
    settings: model.training,
    document: model,
    environment: {},
    reason: '',
    epochs: [],
    steps: [],
    logs: [],
    hasWeights: false,
  }
}

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  const nothing = () => undefined
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = nothing
      unobserve = nothing
      disconnect = nothing
    },
  )
  // jsdom lays nothing out.
  Element.prototype.scrollIntoView = nothing
  document.body.innerHTML = '<div id="root"></div>'
  main = installMain()
  main.answer('projects.save', () => ({ ok: true, value: { savedAt: 'now', hash: 'h', filePath: null } }))
  main.answer('projects.outsideChange', () => ({ ok: true, value: null }))
  main.answer('runs.list', () => ({ ok: true, value: [] }))
  useProject.getState().show(null)
  useTabs.setState({ tabs: [], closed: [], restored: true })
  useRuns.setState({ live: {}, currentRunId: null })
  useRunProjects.setState({ of: {} })
  stop = startRunProjects()
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  root = createRoot(holder)
  act(() =>
    root.render(
      <TooltipProvider>
        <ProjectTabs>
          <p>What is shown</p>
        </ProjectTabs>
      </TooltipProvider>,
    ),
  )
})
afterEach(() => {
  act(() => root.unmount())
  stop()
})

async function openAll(...ids: number[]): Promise<void> {
  await act(async () => {
    for (const id of ids) await openInTab(named(id))
  })
}

describe('the row of tabs', () => {
  it('is not there before something is open', async () => {
    expect(document.querySelector('nav')).toBeNull()
    await openAll(1)
    expect(document.querySelector('nav')?.getAttribute('aria-label')).toBe('Open projects')
    expect(document.querySelector('[role="tabpanel"]')?.textContent).toBe('What is shown')
  })

  it('names projects, follows their names, and says which one is shown', async () => {
    await openAll(1, 2)
    act(() => dispatch({ type: 'setDocumentName', name: 'Renamed' }))
    expect(texts()[0]).toBe('Model 1')
    expect(texts()[1]).toMatch(/^Renamed/)
    expect(tabs().map((tab) => tab.getAttribute('aria-selected'))).toEqual(['false', 'true'])
    await act(() => showTab(null))
    expect(tabs().map((tab) => tab.getAttribute('aria-selected'))).toEqual(['false', 'false'])
    expect(document.querySelector('[aria-label="Start page"]')?.getAttribute('aria-current')).toBe('page')
  })

  it('says what is not kept yet: in the workspace, and in the file where there is one', async () => {
    await openAll(1)
    act(() => dispatch({ type: 'setDescription', description: 'Changed' }))
    expect(texts()[0]).toBe('Model 1, Being kept')
    act(() => useProject.getState().noteSaveFailed())
    expect(texts()[0]).toBe('Model 1, Could not be kept')
    const { document: model, noteSaved } = useProject.getState()
    if (!model) throw new Error('nothing is shown')
    act(() => noteSaved(model))
    expect(texts()[0]).toBe('Model 1')
    act(() => noteSaved(model, { filePath: '/models/1.loom.json' }))
    expect(texts()[0]).toBe('Model 1, Not yet kept in its file')
    act(() => noteSaved(model, {}, true))
    expect(texts()[0]).toBe('Model 1')
  })

  it('says of an opened project whether its file has all of it', async () => {
    const { project, document: model } = named(1)
    const linked = { project: { ...project, filePath: '/models/1.loom.json' }, document: model }
    await act(() => openInTab({ ...linked, unwritten: true }))
    expect(texts()).toEqual(['Model 1, Not yet kept in its file'])
  })

  it('marks the one that trains, wherever it is, until that ends, and one whose file was changed', async () => {
    main.answer('runs.get', ({ runId }) => ({ ok: true, value: runOf(runId, 1) }))
    await openAll(1, 2)
    await act(async () => {
      useRuns.getState().receive(5, { type: 'log', level: 'info', message: 'Compiling' })
      await vi.waitFor(() => expect(useRunProjects.getState().of[5]).toBe(1))
    })
    expect(texts()).toEqual(['Model 1, Training is in progress', 'Model 2'])
    act(() => markTouched(1, true))
    expect(texts()[0]).toBe('Model 1, Training is in progress, Its file was changed by another program')
    act(() =>
      useRuns.getState().receive(5, {
        type: 'failed',
        epoch: 0,
        step: 0,
        problem: { code: 'run.engineDied', severity: 'error', message: 'It ended.' },
      }),
    )
    expect(texts()[0]).toBe('Model 1, Its file was changed by another program')
  })
})

describe('a tab', () => {
  /** Comes after all that was asked for before, and changes nothing: there is no such tab. */
  const turn = () => closeTab(999)
  const press = (element: HTMLElement, key: string) =>
    act(async () => {
      element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      await turn()
    })
  const mouse = (element: Element | null, type: string, button = 0) =>
    act(async () => {
      element?.dispatchEvent(new MouseEvent(type, { button, bubbles: true, cancelable: true, detail: 1 }))
      await turn()
    })

  it('is shown by the mouse and by Enter, closed by Delete', async () => {
    await openAll(1, 2, 3)
    await mouse(tabOf(0), 'mousedown')
    expect(shownId()).toBe(1)
    await press(tabOf(1), 'Enter')
    expect(shownId()).toBe(2)
    await press(tabOf(0), 'Delete')
    expect([row(), shownId()]).toEqual([[2, 3], 2])
  })

  it('is closed by the sign and by the middle button without being shown', async () => {
    await openAll(1, 2, 3)
    const sign = tabOf(0).querySelector('.project-tab__close')
    await mouse(sign, 'mousedown')
    expect(shownId()).toBe(3)
    await mouse(sign, 'click')
    expect([row(), shownId()]).toEqual([[2, 3], 3])
    await mouse(tabOf(0), 'mousedown', 1)
    await mouse(tabOf(0), 'auxclick', 1)
    expect([row(), shownId()]).toEqual([[3], 3])
    await mouse(tabOf(0), 'auxclick', 2)
    expect(row()).toEqual([3])
  })
})
