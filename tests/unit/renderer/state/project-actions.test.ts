import { beforeEach, describe, expect, it } from 'vitest'
import { failure, problem } from '../../../../src-core/problems.ts'
import {
  closeProject,
  createProject,
  openFile,
  openProject,
  saveProjectAs,
} from '../../../../src-renderer/state/project-actions.ts'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
import { useToasts } from '../../../../src-renderer/ui/toast-store.ts'
import { opened, smallClassifier } from '../support/documents.ts'
import { installMain, type MainFake } from '../support/main-fake.ts'

let main: MainFake
const openId = () => useProject.getState().project?.id
const change = () => dispatch({ type: 'setDocumentName', name: 'Changed' })
const saved = { ok: true, value: { savedAt: 'now', hash: 'h', filePath: null } } as const
const diskFull = failure(problem('workspace.diskFull', 'The disk is full.'))

beforeEach(() => {
  main = installMain()
  useToasts.setState({ toasts: [] })
  useProject.getState().show(opened(smallClassifier()))
})

describe('opening something else', () => {
  it('stores what was changed first', async () => {
    main.answer('projects.save', () => saved)
    main.answer('projects.open', () => ({ ok: true, value: opened(smallClassifier(), 2) }))
    change()
    expect(await openProject(2)).toBe(true)
    expect(main.calls('projects.save').map(({ document }) => document.name)).toEqual(['Changed'])
    expect(openId()).toBe(2)
  })

  it('does not leave changes behind that cannot be stored', async () => {
    main.answer('projects.save', () => ({ ok: false, problems: [...diskFull.problems] }))
    change()
    expect(await createProject()).toBe(false)
    await closeProject()
    expect(openId()).toBe(1)
    expect(useProject.getState().document?.name).toBe('Changed')
    expect(useToasts.getState().toasts.map(({ title }) => title)).toEqual(['The disk is full.'])
  })

  it('stays where it is when the file dialog is cancelled or the file cannot be opened', async () => {
    main.answer('projects.openFile', () => ({ ok: true, value: null }))
    expect(await openFile()).toBe(false)
    main.answer('projects.openFile', () => ({
      ok: false,
      problems: [{ code: 'document.foreign', severity: 'error', message: 'Not ours.' }],
    }))
    expect(await openFile()).toBe(false)
    expect(openId()).toBe(1)
    expect(useToasts.getState().toasts.map(({ title }) => title)).toEqual(['Not ours.'])
  })
})

it('links the project to the file it was saved as', async () => {
  main.answer('projects.saveFileAs', () => ({ ok: true, value: { filePath: '/home/me/net.loom.json' } }))
  main.answer('projects.save', ({ projectId }) => ({
    ok: true,
    value: { savedAt: 'now', hash: String(projectId), filePath: '/home/me/net.loom.json' },
  }))
  await saveProjectAs()
  expect(useProject.getState().project?.filePath).toBe('/home/me/net.loom.json')
  expect(useProject.getState().saveState).toBe('saved')
})

it('goes back to the start page when the project is closed', async () => {
  await closeProject()
  expect(useProject.getState().document).toBeNull()
})
