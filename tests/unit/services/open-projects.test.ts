import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyDocument } from '../../../src-core/document/model-document.ts'
import { OpenProjects } from '../../../src-main/services/open-projects.ts'
import { ProjectHold } from '../../../src-main/services/project-hold.ts'
import { ProjectService } from '../../../src-main/services/project-service.ts'
import { openWorkspace } from '../../../src-main/workspace/open.ts'
import type { Workspace } from '../../../src-main/workspace/workspace.ts'

let folder: string
let workspace: Workspace
let projects: ProjectService
let open: OpenProjects

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'layerloom-open-'))
  workspace = openWorkspace(path.join(folder, 'workspace.loom.db'))
  start()
})
afterEach(() => {
  projects.leave()
  workspace.close()
  rmSync(folder, { recursive: true })
})

/** The app as it starts. */
function start(): void {
  projects = new ProjectService(workspace.projects, workspace.settings)
  open = new OpenProjects(projects, workspace.settings)
}

function restart(): void {
  projects.leave()
  start()
}

function create(name: string) {
  const { project } = projects.create(emptyDocument(name))
  return { projectId: project.id, name }
}

/** What another process sees: who holds a project. */
const otherProcess = () => new ProjectHold(workspace.settings, process.ppid)
const isHeld = ({ projectId }: { projectId: number }) => otherProcess().holder(projectId) === process.pid

describe('what was open', () => {
  it('is nothing in a new workspace', () => {
    expect(open.reopen()).toEqual({ opened: [], shown: null, lost: [] })
  })

  it('is open again at the next start, in its order and with what was shown', () => {
    const [one, two, three] = [create('One'), create('Two'), create('Three')]
    open.set({ projects: [three, one, two], shown: one.projectId })
    restart()
    const again = open.reopen()
    expect(again.opened.map(({ document }) => document.name)).toEqual(['Three', 'One', 'Two'])
    expect(again.shown).toBe(one.projectId)
  })

  it('may be the start page, with tabs or without', () => {
    const one = create('One')
    open.set({ projects: [one], shown: null })
    restart()
    expect(open.reopen()).toMatchObject({ opened: [{ project: { name: 'One' } }], shown: null })
    open.set({ projects: [], shown: null })
    restart()
    expect(open.reopen()).toEqual({ opened: [], shown: null, lost: [] })
  })

  it('leaves out what is gone and says so; another one is shown instead', () => {
    const [one, two] = [create('One'), create('Two')]
    open.set({ projects: [one, two], shown: two.projectId })
    projects.remove(two.projectId)
    restart()
    expect(open.reopen()).toMatchObject({
      opened: [{ project: { id: one.projectId } }],
      shown: one.projectId,
      lost: [{ name: 'Two', problem: { code: 'workspace.notFound' } }],
    })
  })

  it('leaves out what another process has open, and makes no copy of it', () => {
    const one = create('One')
    open.set({ projects: [one], shown: one.projectId })
    restart()
    const other = otherProcess()
    other.take(one.projectId)
    expect(open.reopen()).toMatchObject({
      opened: [],
      shown: null,
      lost: [{ name: 'One', problem: { code: 'workspace.held' } }],
    })
    expect(projects.list()).toHaveLength(1)
    other.release(one.projectId)
  })

  it('is the one project that earlier versions remembered', () => {
    create('Other')
    const one = create('One')
    workspace.settings.set('lastProject', one.projectId)
    restart()
    expect(open.reopen()).toMatchObject({ opened: [{ project: { name: 'One' } }], shown: one.projectId })
    workspace.settings.set('lastProject', 77)
    restart()
    expect(open.reopen()).toMatchObject({ opened: [], shown: null })
  })
})

describe('open projects', () => {
  it('are held, all of them, and let go of when their tabs are closed', () => {
    const [one, two] = [create('One'), create('Two')]
    expect([one, two].map(isHeld)).toEqual([true, true])
    open.set({ projects: [one, two], shown: null })
    expect([one, two].map(isHeld)).toEqual([true, true])
    open.set({ projects: [two], shown: null })
    expect([one, two].map(isHeld)).toEqual([false, true])
    projects.leave()
    expect([one, two].map(isHeld)).toEqual([false, false])
  })

  it('are taken again when the window tells of them once more', () => {
    const one = create('One')
    open.set({ projects: [], shown: null })
    expect(isHeld(one)).toBe(false)
    open.set({ projects: [one], shown: one.projectId })
    expect(isHeld(one)).toBe(true)
  })

  it('are held again after a crash of the page', () => {
    const one = create('One')
    const state = { projects: [one], shown: one.projectId }
    open.set(state)
    projects.leave()
    expect(isHeld(one)).toBe(false)
    open.reopen()
    expect(isHeld(one)).toBe(true)
    open.set({ projects: [], shown: null })
    expect(isHeld(one)).toBe(false)
  })
})
