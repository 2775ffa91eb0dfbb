import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { emptyDocument, type ModelDocument } from '../../../../src-core/document/model-document.ts'
import { startServices } from '../../../../src-renderer/app/services.ts'
import { makeBlockOfSelection } from '../../../../src-renderer/canvas/block-actions.ts'
import { keepView, viewOf } from '../../../../src-renderer/state/canvas-views.ts'
import { changeOutlineView, outlineViewOf } from '../../../../src-renderer/state/outline-views.ts'
import { useOutsideChange } from '../../../../src-renderer/state/outside-change.ts'
import { usePreview } from '../../../../src-renderer/state/preview-store.ts'
import { openProject, reopenTab, takeDropped } from '../../../../src-renderer/state/project-actions.ts'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
import { focusPath, searchFor, useReading } from '../../../../src-renderer/state/reading-store.ts'
import { useRuns } from '../../../../src-renderer/state/run-store.ts'
import {
  closeTab,
  forgetTab,
  lookAtFile,
  openInTab,
  reopenProjects,
  shiftTab,
  showTab,
  stepTab,
} from '../../../../src-renderer/state/tab-actions.ts'
import { moveTab, openProjects, shownId, useTabs } from '../../../../src-renderer/state/tabs-store.ts'
import { useToasts } from '../../../../src-renderer/ui/toast-store.ts'
import { opened, smallClassifier } from '../support/documents.ts'
import { installMain, type MainFake } from '../support/main-fake.ts'

let main: MainFake

const project = () => useProject.getState()
const row = () => useTabs.getState().tabs.map(({ projectId }) => projectId)
const named = (id: number): ModelDocument => ({ ...smallClassifier(), name: `Model ${id}` })
const setUnits = (units: number) =>
  dispatch({ type: 'setParameters', layerId: 'dense_1', parameters: { units } })
const units = () => project().document?.layers.find(({ id }) => id === 'dense_1')?.parameters.units
const toasts = () => useToasts.getState().toasts.map(({ title }) => title)
const diskFull = {
  ok: false as const,
  problems: [{ code: 'workspace.diskFull', severity: 'error', message: 'The disk is full.' } as const],
}

/** Opens projects in this order; the last one is shown. */
async function openAll(...ids: number[]): Promise<void> {
  for (const id of ids) expect(await openInTab(opened(named(id), id))).toBe(true)
}

beforeEach(() => {
  main = installMain()
  main.answer('projects.save', () => ({ ok: true, value: { savedAt: 'now', hash: 'h', filePath: null } }))
  main.answer('projects.open', ({ projectId }) => ({ ok: true, value: opened(named(projectId), projectId) }))
  main.answer('projects.outsideChange', () => ({ ok: true, value: null }))
  useToasts.setState({ toasts: [] })
  useProject.getState().show(null)
  useTabs.setState({ tabs: [], closed: [], restored: false })
})

describe('a tab that comes back', () => {
  it('has its document, its history and its selection', async () => {
    await openAll(1, 2)
    await showTab(1)
    setUnits(11)
    setUnits(12)
    project().undo()
    project().select(['dense_1'], ['dense_1-output_1'])
    await showTab(2)
    expect(units()).toBe(10)
    expect(project().history).toEqual({ done: [], undone: [] })
    setUnits(22)
    await showTab(1)
    expect(units()).toBe(11)
    expect([...project().selectedLayers]).toEqual(['dense_1'])
    expect([...project().selectedConnections]).toEqual(['dense_1-output_1'])
    project().redo()
    expect(units()).toBe(12)
    project().undo()
    project().undo()
    expect(project().document).toEqual(named(1))
    await showTab(2)
    expect(units()).toBe(22)
    project().undo()
    expect(project().document).toEqual(named(2))
  })

  it('is in the block that was entered', async () => {
    await openAll(1, 2)
    await showTab(1)
    project().select(['flatten_1', 'dense_1'])
    makeBlockOfSelection()
    const [block] = [...project().selectedLayers]
    if (block === undefined) throw new Error('no block was made')
    project().enter([block])
    const { drawing } = project()
    expect(drawing?.layers.map(({ id }) => id)).toContain('dense_1')
    await showTab(2)
    expect(project().entered).toEqual([])
    await showTab(1)
    expect(project().entered.map(({ layer }) => layer.id)).toEqual([block])
    expect(project().drawing).toBe(drawing)
  })

  it('is read as it was: search, focus, sample of the preview, run that is looked at', async () => {
    main.answer('runs.list', () => ({ ok: true, value: [] }))
    main.answer('previews.cancel', () => ({ ok: true, value: {} }))
    main.answer('window.setState', () => ({ ok: true, value: {} }))
    main.answer('app.info', () => ({
      ok: true,
      value: { version: '1', platform: 'linux', workspaceFile: 'w', shippedSamples: [] },
    }))
    Object.assign(window.layerloom, { setScale: () => undefined })
    onTestFinished(startServices())
    await openAll(1, 2)
    await showTab(1)
    searchFor('dense')
    focusPath('dense_1', 'before')
    usePreview.getState().choose({ row: 7, seed: 3 })
    useRuns.getState().show(5)
    await showTab(2)
    expect(useReading.getState()).toEqual({ path: null, search: null, found: 0 })
    expect(usePreview.getState()).toMatchObject({ row: 0, seed: 1 })
    expect(useRuns.getState().currentRunId).toBeNull()
    await showTab(1)
    expect(useReading.getState()).toEqual({
      path: { layerId: 'dense_1', direction: 'before' },
      search: 'dense',
      found: 0,
    })
    expect(usePreview.getState()).toMatchObject({ row: 7, seed: 3 })
    expect(useRuns.getState().currentRunId).toBe(5)
  })

  it('does not take up typing where it was left: the next key is a step of its own', async () => {
    await openAll(1, 2)
    await showTab(1)
    const type = (value: number) =>
      dispatch(
        { type: 'setParameters', layerId: 'dense_1', parameters: { units: value } },
        { coalesceKey: 'typing' },
      )
    type(1)
    await showTab(2)
    await showTab(1)
    type(12)
    expect(project().history.done).toHaveLength(2)
  })

  it('is looked at where it was, unless it was closed in between', async () => {
    await openAll(1, 2)
    keepView(1, { x: 5, y: 6, zoom: 0.5 })
    for (const place of ['1', '1/block_1', '12']) changeOutlineView(place, { scroll: 700 })
    await showTab(1)
    expect(viewOf(1)).toEqual({ x: 5, y: 6, zoom: 0.5 })
    expect(outlineViewOf('1/block_1').scroll).toBe(700)
    await closeTab(1)
    await openProject(1)
    expect(viewOf(1)).toBeUndefined()
    expect(['1', '1/block_1', '12'].map((place) => outlineViewOf(place).scroll)).toEqual([0, 0, 700])
  })
})

describe('going from one tab to another', () => {
  it('stores what is left first, and stays when that fails', async () => {
    await openAll(1, 2)
    setUnits(3)
    expect(await showTab(1)).toBe(true)
    expect(main.calls('projects.save')).toMatchObject([{ projectId: 2, reason: 'autosave' }])
    setUnits(4)
    main.answer('projects.save', () => diskFull)
    expect(await showTab(2)).toBe(false)
    expect(await showTab(null)).toBe(false)
    expect(await closeTab()).toBe(false)
    expect(shownId()).toBe(1)
    expect(units()).toBe(4)
    expect(toasts()).toEqual(['The disk is full.'])
  })

  it('stores what was changed while it was being stored, too', async () => {
    await openAll(1, 2)
    setUnits(3)
    const first = main.hold('projects.save')
    const going = showTab(1)
    await expect.poll(() => main.calls('projects.save').length).toBe(1)
    setUnits(4)
    first.release({ ok: true, value: { savedAt: 'now', hash: 'h', filePath: null } })
    expect(await going).toBe(true)
    expect(main.calls('projects.save').map(({ projectId }) => projectId)).toEqual([2, 2])
    await showTab(2)
    expect(units()).toBe(4)
    expect(project().saveState).toBe('saved')
  })

  it('finishes what is typed into a field', async () => {
    await openAll(1, 2)
    const field = document.createElement('input')
    document.body.append(field)
    onTestFinished(() => field.remove())
    field.addEventListener('blur', () => dispatch({ type: 'setDocumentName', name: 'Typed' }))
    field.focus()
    await showTab(1)
    expect(project().document?.name).toBe('Model 1')
    await showTab(2)
    expect(project().document?.name).toBe('Typed')
  })

  it('goes round, from the start page to the first or the last, and step by step when keys are quick', async () => {
    await openAll(1, 2, 3)
    await stepTab(1)
    expect(shownId()).toBe(1)
    await stepTab(-1)
    expect(shownId()).toBe(3)
    await showTab(null)
    await stepTab(1)
    expect(shownId()).toBe(1)
    await showTab(null)
    await stepTab(-1)
    expect(shownId()).toBe(3)
    setUnits(9)
    await Promise.all([stepTab(1), stepTab(1)])
    expect(shownId()).toBe(2)
  })
})

describe('opening', () => {
  it('shows the tab of a project that is open, as it is, and asks main for nothing', async () => {
    await openAll(1, 2)
    await showTab(1)
    setUnits(5)
    await showTab(2)
    expect(await openProject(1)).toBe(true)
    expect(main.calls('projects.open')).toEqual([])
    expect(row()).toEqual([1, 2])
    expect(units()).toBe(5)
  })

  it('keeps the state of a tab whose file is opened once more', async () => {
    Object.assign(window.layerloom, {
      dropFiles: async () => ({ ok: true, value: { type: 'project', opened: opened(named(1), 1) } }),
    })
    await openAll(1, 2)
    await showTab(1)
    setUnits(5)
    await showTab(2)
    await takeDropped([])
    expect(row()).toEqual([1, 2])
    expect(shownId()).toBe(1)
    expect(units()).toBe(5)
  })
})

describe('closing', () => {
  it('shows the next tab, at the end the one before, and at last the start page', async () => {
    await openAll(1, 2, 3)
    await showTab(2)
    await closeTab()
    expect([row(), shownId()]).toEqual([[1, 3], 3])
    await closeTab()
    expect([row(), shownId()]).toEqual([[1], 1])
    await closeTab()
    expect([row(), shownId()]).toEqual([[], null])
    expect(await closeTab()).toBe(false)
  })

  it('leaves what is shown alone when it is another one', async () => {
    await openAll(1, 2, 3)
    setUnits(5)
    await closeTab(1)
    expect([row(), shownId(), units()]).toEqual([[2, 3], 3, 5])
    expect(main.calls('projects.save')).toEqual([])
  })

  it('can be taken back, in the place where the tab was, the last one first', async () => {
    await openAll(1, 2, 3)
    await closeTab(1)
    await closeTab(2)
    expect(await reopenTab()).toBe(true)
    expect([row(), shownId()]).toEqual([[2, 3], 2])
    expect(await reopenTab()).toBe(true)
    expect([row(), shownId()]).toEqual([[1, 2, 3], 1])
    expect(await reopenTab()).toBe(false)
  })

  it('comes back with what had been done to it, by whatever way it is opened', async () => {
    await openAll(1, 2)
    setUnits(11)
    setUnits(12)
    project().undo()
    const left = project().document
    if (!left) throw new Error('nothing is shown')
    // The workspace gives back what was stored, in objects of its own.
    main.answer('projects.open', () => ({ ok: true, value: opened(structuredClone(left), 2) }))
    await closeTab()
    expect(project().history.done).toEqual([])
    expect(await reopenTab()).toBe(true)
    expect([shownId(), units(), project().saveState]).toEqual([2, 11, 'saved'])
    project().redo()
    expect(units()).toBe(12)
    project().undo()
    await closeTab()
    expect(await openProject(2)).toBe(true)
    project().undo()
    expect(project().document).toEqual(named(2))
  })

  it('comes back without it when the document has become another one meanwhile', async () => {
    await openAll(1)
    setUnits(11)
    await closeTab()
    expect(await reopenTab()).toBe(true)
    expect(project().document).toEqual(named(1))
    expect(project().history).toEqual({ done: [], undone: [] })
  })

  it('keeps what was done of the last ten only', async () => {
    const ids = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    await openAll(...ids)
    for (const id of ids) await closeTab(id)
    const { closed } = useTabs.getState()
    expect(closed.map(({ past }) => past !== null)).toEqual(ids.map((id) => id > 2))
  })

  it('cannot be taken back for a project that is gone', async () => {
    await openAll(1, 2)
    await showTab(null)
    forgetTab(2)
    expect([row(), useTabs.getState().closed]).toEqual([[1], []])
    await closeTab(1)
    main.answer('projects.open', () => ({
      ok: false,
      problems: [{ code: 'workspace.notFound', severity: 'error', message: 'There is no project 1.' }],
    }))
    expect(await reopenTab()).toBe(false)
    expect(toasts()).toEqual(['There is no project 1.'])
    expect(useTabs.getState().closed).toEqual([])
  })
})

it('a tab is moved, as far as the row goes', async () => {
  await openAll(1, 2, 3)
  moveTab(1, 2)
  expect(row()).toEqual([2, 3, 1])
  shiftTab(-1)
  expect(row()).toEqual([3, 2, 1])
  shiftTab(-1)
  expect(row()).toEqual([3, 2, 1])
  moveTab(7, 0)
  expect(row()).toEqual([3, 2, 1])
})

describe('a file that another program changes', () => {
  const inFile = (id: number) => {
    const { project: summary, document: drawing } = opened(named(id), id)
    return { project: { ...summary, filePath: `/models/${id}.loom.json` }, document: drawing }
  }
  const theirs = { filePath: '/models/1.loom.json', document: emptyDocument('Theirs') }

  it('marks the tab in the background, and is asked about when that is shown', async () => {
    await openInTab(inFile(1))
    await openInTab(inFile(2))
    await lookAtFile(1)
    expect(useTabs.getState().tabs[0]?.touched).toBe(false)
    main.answer('projects.outsideChange', ({ projectId }) => ({
      ok: true,
      value: projectId === 1 ? theirs : null,
    }))
    await lookAtFile(1)
    expect(useTabs.getState().tabs.map(({ touched }) => touched)).toEqual([true, false])
    expect(useOutsideChange.getState().change).toBeNull()
    await showTab(1)
    await expect.poll(() => useOutsideChange.getState().change).toEqual(theirs)
    expect(useTabs.getState().tabs[0]?.touched).toBe(false)
    // The question is about what is shown.
    await showTab(2)
    await expect.poll(() => main.calls('projects.outsideChange').at(-1)?.projectId).toBe(2)
    expect(useOutsideChange.getState().change).toBeNull()
  })
})

describe('at the next start', () => {
  it('every project is open again in its place, and what was shown is shown', async () => {
    main.answer('projects.reopen', () => ({
      ok: true,
      value: { opened: [opened(named(4), 4), opened(named(2), 2)], shown: 2, lost: [] },
    }))
    expect(openProjects()).toBeNull()
    await reopenProjects()
    expect([row(), shownId()]).toEqual([[4, 2], 2])
    expect(openProjects()).toEqual([
      { projectId: 4, name: 'Model 4' },
      { projectId: 2, name: 'Model 2' },
    ])
    expect(toasts()).toEqual([])
    await showTab(4)
    expect(project().document).toEqual(named(4))
  })

  it('what does not open any more is told in one message', async () => {
    const reason = (message: string) => ({ code: 'workspace.notFound', severity: 'error', message }) as const
    main.answer('projects.reopen', () => ({
      ok: true,
      value: {
        opened: [],
        shown: null,
        lost: [
          { name: 'One', problem: reason('It is gone.') },
          { name: 'Two', problem: reason('It is held.') },
        ],
      },
    }))
    await reopenProjects()
    expect(shownId()).toBeNull()
    expect(useToasts.getState().toasts).toMatchObject([
      { title: '2 projects are not open any more', detail: '“One”: It is gone. “Two”: It is held.' },
    ])
  })

  it('a workspace that does not answer leaves the start page', async () => {
    main.answer('projects.reopen', () => diskFull)
    await reopenProjects()
    expect(openProjects()).toEqual([])
    expect(toasts()).toEqual(['The disk is full.'])
  })
})
