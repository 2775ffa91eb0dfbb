import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChannelInput } from '../../../../src-core/ipc/contract.ts'
import { autosaveAfterMs, flush, save, startAutosave } from '../../../../src-renderer/state/autosave.ts'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
import { useToasts } from '../../../../src-renderer/ui/toast-store.ts'
import { opened, smallClassifier } from '../support/documents.ts'
import { installMain, type MainFake } from '../support/main-fake.ts'

let main: MainFake
let stop: () => void
const saves = () => main.calls('projects.save')
const lastSave = (): ChannelInput<'projects.save'> | undefined => saves().at(-1)
const setUnits = (units: number) =>
  dispatch({ type: 'setParameters', layerId: 'dense_1', parameters: { units } })
const units = (input: ChannelInput<'projects.save'> | undefined) =>
  input?.document.layers.find((layer) => layer.id === 'dense_1')?.parameters.units

beforeEach(() => {
  vi.useFakeTimers()
  main = installMain()
  main.answer('projects.save', () => ({ ok: true, value: { savedAt: 'now', hash: 'h', filePath: null } }))
  useToasts.setState({ toasts: [] })
  useProject.getState().show(opened(smallClassifier()))
  stop = startAutosave()
})

afterEach(() => stop())

describe('autosave', () => {
  it('stores once, shortly after the last of several edits', async () => {
    setUnits(1)
    setUnits(2)
    await vi.advanceTimersByTimeAsync(autosaveAfterMs - 1)
    setUnits(3)
    await vi.advanceTimersByTimeAsync(autosaveAfterMs - 1)
    expect(saves()).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(saves()).toHaveLength(1)
    expect(units(lastSave())).toBe(3)
    expect(lastSave()?.reason).toBe('autosave')
    expect(useProject.getState().saveState).toBe('saved')
  })

  it('does not store when a project is merely opened', async () => {
    useProject.getState().show(opened(smallClassifier(), 2))
    await vi.advanceTimersByTimeAsync(autosaveAfterMs * 2)
    expect(saves()).toHaveLength(0)
  })

  it('stores what changed while storing, afterwards', async () => {
    const first = main.hold('projects.save')
    setUnits(1)
    await vi.advanceTimersByTimeAsync(autosaveAfterMs)
    setUnits(2)
    await vi.advanceTimersByTimeAsync(autosaveAfterMs)
    expect(saves()).toHaveLength(1)
    first.release({ ok: true, value: { savedAt: 'now', hash: 'h', filePath: null } })
    await vi.advanceTimersByTimeAsync(0)
    expect(saves()).toHaveLength(2)
    expect(units(lastSave())).toBe(2)
    expect(useProject.getState().saveState).toBe('saved')
  })

  it('says when storing fails, keeps the changes, and stores them at the next attempt', async () => {
    main.answer('projects.save', () => ({
      ok: false,
      problems: [
        { code: 'workspace.diskFull', severity: 'error', message: 'The disk is full.', hint: 'Make room.' },
      ],
    }))
    setUnits(1)
    await vi.advanceTimersByTimeAsync(autosaveAfterMs)
    expect(useProject.getState().saveState).toBe('failed')
    expect(useToasts.getState().toasts.map((toast) => toast.title)).toEqual(['The disk is full.'])
    main.answer('projects.save', () => ({ ok: true, value: { savedAt: 'now', hash: 'h', filePath: null } }))
    expect(await flush()).toBe(true)
    expect(units(lastSave())).toBe(1)
    expect(useProject.getState().saveState).toBe('saved')
  })

  it('is not confused by an answer for a project that is no longer open', async () => {
    const held = main.hold('projects.save')
    setUnits(1)
    await vi.advanceTimersByTimeAsync(autosaveAfterMs)
    const other = smallClassifier()
    useProject.getState().show(opened(other, 2))
    held.release({ ok: true, value: { savedAt: 'now', hash: 'h', filePath: '/elsewhere' } })
    await vi.advanceTimersByTimeAsync(0)
    expect(useProject.getState().savedDocument).toBe(other)
    expect(useProject.getState().project?.filePath).toBeNull()
  })
})

describe('saving', () => {
  it('keeps a version even when nothing changed since the last autosave', async () => {
    expect(await save()).toBe(true)
    expect(lastSave()?.reason).toBe('save')
  })

  it('is not needed before something else is opened when nothing changed', async () => {
    expect(await flush()).toBe(true)
    expect(saves()).toHaveLength(0)
  })
})
