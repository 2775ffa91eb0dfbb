import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { emptyDocument } from '../../../src-core/document/model-document.ts'
import { newLayer } from '../../../src-core/document/new-elements.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { ProblemError } from '../../../src-core/problems.ts'
import { gitBlobHash } from '../../../src-main/services/git-hash.ts'
import { ProjectService } from '../../../src-main/services/project-service.ts'
import { openWorkspace } from '../../../src-main/workspace/open.ts'
import type { Workspace } from '../../../src-main/workspace/workspace.ts'
import { type SmallDisk, smallDisk } from '../../support/small-disk.ts'

let folder: string
let workspace: Workspace
let projects: ProjectService

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'layerloom-projects-'))
  workspace = openWorkspace(path.join(folder, 'workspace.loom.db'))
  projects = new ProjectService(workspace.projects, workspace.settings)
})
afterEach(() => workspace.close())

const inFolder = (name: string) => path.join(folder, name)

/** A document with so many dense layers. */
function drawing(name: string, layers = 1) {
  let document = emptyDocument(name)
  for (let index = 0; index < layers; index += 1) {
    document = { ...document, layers: [...document.layers, newLayer(document, 'dense', { x: 0, y: index })] }
  }
  return document
}

function value<T>(result: { ok: true; value: T } | { ok: false; problems: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

describe('projects in the workspace', () => {
  it('come back as they were created', () => {
    const { project, document } = projects.create(drawing('Digits', 2))
    expect(project).toMatchObject({ name: 'Digits', layerCount: 2, filePath: null })
    expect(value(projects.open(project.id))).toEqual({ project, document })
    expect(projects.list()).toEqual([project])
  })

  it('open in their autosaved state', async () => {
    const { project } = projects.create(drawing('Digits', 1))
    const changed = drawing('Digits', 3)
    await projects.save(project.id, changed, 'autosave')
    expect(value(projects.open(project.id)).document).toEqual(changed)
  })

  it('name a saved state as git would', async () => {
    const { project, document } = projects.create(drawing('Digits'))
    const saved = value(await projects.save(project.id, document, 'save'))
    expect(saved.hash).toBe(gitBlobHash(serialiseDocument(document)))
  })

  it.each([
    ['open', () => projects.open(7)],
    ['save', () => projects.save(7, drawing('x'), 'save')],
    ['saveToFile', () => projects.saveToFile(7, drawing('x'), inFolder('x.loom.json'))],
    ['remove', () => projects.remove(7)],
  ])('that do not exist are a problem to %s', async (_what, attempt) => {
    expect(await attempt()).toMatchObject({ ok: false, problems: [{ code: 'workspace.notFound' }] })
  })
})

describe('projects with a file', () => {
  it('are linked by saving to it and write it on every save, but not on autosave', async () => {
    const { project } = projects.create(drawing('Digits', 1))
    const file = inFolder('digits.loom.json')
    value(await projects.saveToFile(project.id, drawing('Digits', 1), file))
    await projects.save(project.id, drawing('Digits', 2), 'autosave')
    expect(readFileSync(file, 'utf8')).toBe(serialiseDocument(drawing('Digits', 1)))
    const saved = value(await projects.save(project.id, drawing('Digits', 3), 'save'))
    expect(saved.filePath).toBe(file)
    expect(readFileSync(file, 'utf8')).toBe(serialiseDocument(drawing('Digits', 3)))
  })

  it('open from the file, and the second time in the same project', async () => {
    const file = inFolder('digits.loom.json')
    writeFileSync(file, serialiseDocument(drawing('Digits', 2)))
    const first = value(await projects.openFile(file))
    expect(first.document).toEqual(drawing('Digits', 2))
    const second = value(await projects.openFile(file))
    expect(second.project.id).toBe(first.project.id)
    expect(projects.list()).toHaveLength(1)
  })

  it('keep changes that never reached the file when the file is opened again', async () => {
    const file = inFolder('digits.loom.json')
    writeFileSync(file, serialiseDocument(drawing('Digits', 1)))
    const { project } = value(await projects.openFile(file))
    await projects.save(project.id, drawing('Digits', 5), 'autosave')
    projects.leave()
    expect(value(await projects.openFile(file)).document).toEqual(drawing('Digits', 1))
    const kept = workspace.projects.versions(project.id).map((version) => version.layerCount)
    expect(kept).toEqual([1, 5, 1])
  })

  it('stay as they are when the file is opened while the project is open, and say that it holds another state', async () => {
    const file = inFolder('digits.loom.json')
    writeFileSync(file, serialiseDocument(drawing('Digits', 1)))
    const { project } = value(await projects.openFile(file))
    await projects.save(project.id, drawing('Digits', 5), 'autosave')
    const again = value(await projects.openFile(file))
    expect(again).toMatchObject({ project: { id: project.id }, unwritten: true })
    expect(again.document).toEqual(drawing('Digits', 5))
    await projects.save(project.id, drawing('Digits', 5), 'save')
    expect(value(projects.open(project.id)).unwritten).toBeUndefined()
  })

  it.each([
    ['truncated', serialiseDocument(drawing('x')).slice(0, -20), 'document.truncated'],
    ['foreign', '{"nodes": []}', 'document.foreign'],
    ['future', '{"format": "layerloom-model", "version": 99}', 'document.futureVersion'],
    ['not JSON', 'PK\u0003\u0004', 'document.notJson'],
  ])('are not made from a %s file; the problem names the file', async (_what, text, code) => {
    const file = inFolder('bad.loom.json')
    writeFileSync(file, text)
    const opened = await projects.openFile(file)
    expect(opened).toMatchObject({ ok: false, problems: [{ code, message: expect.stringContaining(file) }] })
    expect(projects.list()).toEqual([])
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('stay linked to the old file when the new one cannot be written', async () => {
    const { project } = projects.create(drawing('Digits'))
    const file = inFolder('digits.loom.json')
    await projects.saveToFile(project.id, drawing('Digits'), file)
    const attempt = await projects.saveToFile(
      project.id,
      drawing('Digits', 2),
      inFolder('no/such/x.loom.json'),
    )
    expect(attempt).toMatchObject({ ok: false, problems: [{ code: 'file.notWritten' }] })
    expect(projects.list()[0]?.filePath).toBe(file)
  })
})

describe('projects on a full disk', () => {
  let disk: SmallDisk | undefined
  beforeAll(() => {
    disk = smallDisk(512)
  })
  afterAll(() => disk?.remove())

  it('lose nothing: the file and the workspace keep what they had, and say why', async ({ skip }) => {
    if (disk === undefined) return skip('a small disk takes Linux and root')
    const file = path.join(disk.folder, 'digits.loom.json')
    const onDisk = openWorkspace(path.join(disk.folder, 'workspace.loom.db'))
    const inWorkspace = new ProjectService(onDisk.projects, onDisk.settings)
    const before = drawing('Digits', 20)
    const { project } = value(await projects.openFile(written(inFolder('any.loom.json'), before)))
    await projects.saveToFile(project.id, before, file)
    const kept = inWorkspace.create(before).project
    disk.fill()

    const toFile = await projects.save(project.id, drawing('Digits', 400), 'save')
    expect(toFile).toMatchObject({
      ok: false,
      problems: [{ code: 'file.notWritten', message: expect.stringContaining('the disk is full') }],
    })
    expect(readFileSync(file, 'utf8')).toBe(serialiseDocument(before))
    expect(readdirSync(disk.folder).filter((name) => name.endsWith('.tmp'))).toEqual([])

    const toWorkspace = inWorkspace.save(kept.id, drawing('Digits', 400), 'save')
    await expect(toWorkspace).rejects.toThrow(ProblemError)
    await expect(toWorkspace).rejects.toMatchObject({ problem: { code: 'workspace.diskFull' } })
    expect(value(inWorkspace.open(kept.id)).document).toEqual(before)
    onDisk.close()
  })
})

function written(file: string, document: ReturnType<typeof drawing>): string {
  writeFileSync(file, serialiseDocument(document))
  return file
}
