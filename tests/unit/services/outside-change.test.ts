import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyDocument } from '../../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { ProjectHold } from '../../../src-main/services/project-hold.ts'
import { ProjectService } from '../../../src-main/services/project-service.ts'
import { openWorkspace } from '../../../src-main/workspace/open.ts'
import type { Workspace } from '../../../src-main/workspace/workspace.ts'

let folder: string
let file: string
let workspace: Workspace
let projects: ProjectService

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'layerloom-outside-'))
  file = path.join(folder, 'model.loom.json')
  workspace = openWorkspace(path.join(folder, 'workspace.loom.db'))
  projects = new ProjectService(workspace.projects, workspace.settings)
})
afterEach(() => {
  projects.leave()
  workspace.close()
  rmSync(folder, { recursive: true })
})

const mine = emptyDocument('Mine')
const theirs = emptyDocument('Theirs')

async function linkedProject(): Promise<number> {
  const { project } = projects.create(mine)
  await projects.saveToFile(project.id, mine, file)
  return project.id
}

describe('a file that another program changes', () => {
  it('is noticed while its project is open', async () => {
    const id = await linkedProject()
    expect(await projects.outsideChange(id)).toEqual({ ok: true, value: null })
    const told = new Promise<number>((resolve) => projects.subscribe(resolve))
    writeFileSync(file, serialiseDocument(theirs))
    expect(await told).toBe(id)
    expect(await projects.outsideChange(id)).toEqual({
      ok: true,
      value: { filePath: file, document: theirs },
    })
  })

  it('is noticed when its project is opened again', async () => {
    const id = await linkedProject()
    projects.leave()
    writeFileSync(file, serialiseDocument(theirs))
    const again = new ProjectService(workspace.projects, workspace.settings)
    expect(again.open(id)).toMatchObject({ ok: true, value: { document: { name: 'Mine' } } })
    expect(await again.outsideChange(id)).toMatchObject({ ok: true, value: { document: { name: 'Theirs' } } })
    again.leave()
  })

  it('is not overwritten by saving, unless that is asked for', async () => {
    const id = await linkedProject()
    writeFileSync(file, serialiseDocument(theirs))
    const next = { ...mine, description: 'More of mine' }
    expect(await projects.save(id, next, 'save')).toMatchObject({
      ok: false,
      problems: [
        { code: 'file.changedOutside', message: expect.stringContaining('changed by another program') },
      ],
    })
    expect(readFileSync(file, 'utf8')).toBe(serialiseDocument(theirs))
    // The workspace has it all the same.
    expect(projects.open(id)).toMatchObject({ ok: true, value: { document: next } })
    expect(await projects.save(id, next, 'save', { overwrite: true })).toMatchObject({ ok: true })
    expect(readFileSync(file, 'utf8')).toBe(serialiseDocument(next))
    expect(await projects.outsideChange(id)).toEqual({ ok: true, value: null })
  })

  it('is no change when it is the project itself that wrote it, or when it is gone', async () => {
    const id = await linkedProject()
    await projects.save(id, { ...mine, description: 'Next' }, 'save')
    expect(await projects.outsideChange(id)).toEqual({ ok: true, value: null })
    rmSync(file)
    expect(await projects.outsideChange(id)).toEqual({ ok: true, value: null })
    expect(await projects.save(id, mine, 'save')).toMatchObject({ ok: true })
  })

  it('says what is wrong with it when it cannot be read any more', async () => {
    const id = await linkedProject()
    writeFileSync(file, '{ "format": ')
    expect(await projects.outsideChange(id)).toMatchObject({
      ok: false,
      problems: [{ code: 'document.truncated', message: expect.stringContaining('Another program changed') }],
    })
  })
})

describe('a project that another process has open', () => {
  /** The parent of this process is one that lives, and is another one. */
  const other = () => new ProjectHold(workspace.settings, process.ppid)

  it('opens as a copy, which says so; the original is not touched', () => {
    const { project } = projects.create(mine)
    projects.leave()
    const hold = other()
    hold.take(project.id)
    const opened = projects.open(project.id)
    if (!opened.ok) throw new Error('not opened')
    expect(opened.value.project).toMatchObject({ name: 'Mine (copy)', filePath: null })
    expect(opened.value.project.id).not.toBe(project.id)
    expect(opened.value.notice).toContain(`process ${process.ppid}`)
    hold.release(project.id)
    expect(projects.open(project.id)).toMatchObject({ ok: true, value: { project: { id: project.id } } })
  })

  it('opens as a copy of its file, too', async () => {
    await linkedProject()
    const [project] = projects.list()
    projects.leave()
    const hold = other()
    hold.take(project?.id ?? 0)
    const opened = await projects.openFile(file)
    expect(opened).toMatchObject({ ok: true, value: { project: { filePath: null, name: 'Mine (copy)' } } })
    hold.release(project?.id ?? 0)
  })

  it('is free again when that process ended without a word', () => {
    const { project } = projects.create(mine)
    projects.leave()
    workspace.settings.set(`openProject.${project.id}`, { pid: 2 ** 22 + 1, at: Date.now() })
    expect(projects.open(project.id)).toMatchObject({ ok: true, value: { project: { id: project.id } } })
    workspace.settings.set(`openProject.${project.id}`, { pid: process.ppid, at: Date.now() - 60_000 })
    expect(projects.open(project.id)).toMatchObject({ ok: true, value: { project: { id: project.id } } })
  })
})
