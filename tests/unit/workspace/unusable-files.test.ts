import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { Connection } from '../../../src-main/workspace/connection.ts'
import { openWorkspace, openWorkspaceReadOnly } from '../../../src-main/workspace/open.ts'
import { ProjectRepository } from '../../../src-main/workspace/project-repository.ts'
import { smallDisk } from '../../support/small-disk.ts'
import { otherProcess } from './support/other-process.ts'
import { newFile, openedHere, problemOf } from './support/temporary-workspace.ts'

const document = { name: 'Digits', layerCount: 3, json: '{"layers":[1,2,3]}' }

/** A closed workspace with a project in it. */
function workspaceFile(file = newFile()): string {
  const workspace = openWorkspace(file)
  workspace.projects.create(document)
  workspace.close()
  return file
}

describe('a workspace that another program holds', () => {
  it('is refused as locked after a bounded wait, and opens once the other program lets go', async () => {
    const file = workspaceFile()
    const other = otherProcess('hold-write-lock.mjs', file)
    expect(await other.nextLine()).toBe('locked')
    const problem = problemOf(() => openWorkspace(file, { busyTimeout: 50 }))
    expect(problem.code).toBe('workspace.locked')
    expect(problem.message).toContain(file)
    await other.finish()
    expect(openedHere(file).projects.list()).toHaveLength(1)
  })

  it('can still be read', async () => {
    const file = workspaceFile()
    const other = otherProcess('hold-write-lock.mjs', file)
    await other.nextLine()
    const reader = openWorkspaceReadOnly(file, { busyTimeout: 50 })
    expect(reader.projects.list()).toHaveLength(1)
    reader.close()
    await other.finish()
  })

  it('refuses a write of an open workspace as locked and keeps what was there', async () => {
    const workspace = openedHere(workspaceFile(), { busyTimeout: 50 })
    const other = otherProcess('hold-write-lock.mjs', workspace.file)
    await other.nextLine()
    expect(problemOf(() => workspace.projects.create(document)).code).toBe('workspace.locked')
    await other.finish()
    expect(workspace.projects.list()).toHaveLength(1)
    workspace.projects.create(document)
    expect(workspace.projects.list()).toHaveLength(2)
  })
})

describe('a workspace that cannot be written', () => {
  it('is refused as read-only', ({ skip }) => {
    const file = readOnlyPlace(skip, (folder) => workspaceFile(path.join(folder, 'workspace.loom.db')))
    const problem = problemOf(() => openWorkspace(file, { busyTimeout: 50 }))
    expect(problem.code).toBe('workspace.readOnly')
    expect(problem.message).toContain(file)
  })

  it('is refused when its folder cannot be made', () => {
    const inTheWay = newFile('a-file')
    writeFileSync(inTheWay, 'text')
    const problem = problemOf(() => openWorkspace(path.join(inTheWay, 'workspace.loom.db')))
    expect(problem.code).toBe('workspace.readOnly')
    expect(readFileSync(inTheWay, 'utf8')).toBe('text')
  })

  it('is refused when it is a folder', () => {
    const folder = newFile('folder')
    mkdirSync(folder)
    for (const open of [openWorkspace, openWorkspaceReadOnly]) {
      const problem = problemOf(() => open(folder))
      expect(problem.code).toBe('file.unreadable')
      expect(problem.message).toContain('is a folder')
    }
  })
})

describe('a file that is no sound workspace', () => {
  it.each([
    ['text', Buffer.from('These are my notes.\n'.repeat(500))],
    ['a picture', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(5000, 7)])],
    ['a single byte', Buffer.from('x')],
  ])('is refused as corrupted when it holds %s, and stays as it is', (_, content) => {
    const file = newFile()
    writeFileSync(file, content)
    expect(problemOf(() => openWorkspace(file)).code).toBe('workspace.corrupted')
    expect(problemOf(() => openWorkspaceReadOnly(file)).code).toBe('workspace.corrupted')
    expect(readFileSync(file).equals(content)).toBe(true)
  })

  it('is refused when it is the SQLite file of another program, and stays as it is', () => {
    const file = newFile()
    const foreign = new Database(file)
    foreign.exec('CREATE TABLE bookmarks (url TEXT)')
    foreign.close()
    const before = readFileSync(file)
    const problem = problemOf(() => openWorkspace(file))
    expect(problem.code).toBe('workspace.corrupted')
    expect(problem.message).toContain('another program')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('is refused as corrupted when pages are overwritten, and stays as it is', () => {
    const file = workspaceFile()
    const bytes = readFileSync(file)
    bytes.fill(0xa5, 8192, bytes.byteLength - 8192)
    writeFileSync(file, bytes)
    const problem = problemOf(() => openWorkspace(file))
    expect(problem.code).toBe('workspace.corrupted')
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('is refused as corrupted when its end is missing', () => {
    const file = workspaceFile()
    writeFileSync(file, readFileSync(file).subarray(0, statSync(file).size - 3 * 8192))
    expect(problemOf(() => openWorkspace(file)).code).toBe('workspace.corrupted')
  })
})

describe('a workspace from a newer version', () => {
  it('is refused with both versions, and stays as it is', () => {
    const file = workspaceFile()
    const database = new Database(file)
    const known = Number(database.pragma('user_version', { simple: true }))
    database.pragma(`user_version = ${known + 1}`)
    database.close()
    const before = readFileSync(file)
    for (const open of [openWorkspace, openWorkspaceReadOnly]) {
      const problem = problemOf(() => open(file))
      expect(problem.code).toBe('workspace.newer')
      expect(problem.message).toContain(`format ${known + 1}`)
      expect(problem.message).toContain(`up to ${known}`)
    }
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})

describe('a full disk', () => {
  it('refuses a write as a whole, told by a file that may not grow', () => {
    const file = workspaceFile()
    const database = new Database(file)
    onTestFinished(() => {
      database.close()
    })
    const projects = new ProjectRepository(new Connection(database, file))
    const pages = Number(database.pragma('page_count', { simple: true }))
    database.pragma(`max_page_count = ${pages + 2}`)
    const problem = problemOf(() => projects.create({ ...document, json: 'x'.repeat(300_000) }))
    expect(problem.code).toBe('workspace.diskFull')
    expect(problem.message).toContain(file)
    expect(projects.list()).toHaveLength(1)
    expect(projects.saveVersion(1, { ...document, name: 'Small' }, 'save')).toBeDefined()
  })

  const disk = smallDisk(1024)

  it.skipIf(disk === undefined)('refuses a write as a whole and keeps what was there before', () => {
    if (disk === undefined) return
    onTestFinished(() => disk.remove())
    const file = path.join(disk.folder, 'workspace.loom.db')
    const workspace = openWorkspace(file)
    workspace.projects.create(document)
    disk.fill()
    const large = { ...document, name: 'Large', json: 'x'.repeat(300_000) }
    const problem = problemOf(() =>
      workspace.transaction(() => {
        workspace.settings.set('written', 'before the disk was full')
        workspace.projects.create(large)
      }),
    )
    expect(problem.code).toBe('workspace.diskFull')
    expect(workspace.settings.get('written', z.string())).toBeUndefined()
    workspace.close()
    const again = openWorkspaceReadOnly(file)
    expect(again.projects.list().map(({ name }) => name)).toEqual(['Digits'])
    again.close()
  })
})

/** Prepares files in a folder that is then made read-only for everybody, root included where the test runs as root. */
function readOnlyPlace(skip: (note: string) => never, prepare: (folder: string) => string): string {
  if (process.getuid?.() !== 0) {
    const file = prepare(path.dirname(newFile()))
    chmodSync(file, 0o444)
    chmodSync(path.dirname(file), 0o555)
    onTestFinished(() => chmodSync(path.dirname(file), 0o755))
    return file
  }
  const folder = path.dirname(newFile())
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    skip('root without the right to mount: no file is read-only for it')
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder])
  })
  const file = prepare(folder)
  execFileSync('mount', ['-o', 'remount,ro', folder])
  return file
}
