import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { setAside } from '../../../src-main/services/set-aside.ts'
import { openWorkspace } from '../../../src-main/workspace/open.ts'

const now = new Date('2026-03-01T12:30:00Z')

describe('setting a damaged workspace aside', () => {
  it('renames it with its write-ahead log and makes room for a fresh one', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-aside-'))
    const file = path.join(folder, 'workspace.loom.db')
    writeFileSync(file, 'not a database')
    writeFileSync(`${file}-wal`, 'log')
    const target = setAside(file, now)
    expect(target).toBe(`${file}.damaged-2026-03-01T12-30-00`)
    expect(readFileSync(target, 'utf8')).toBe('not a database')
    expect(readFileSync(`${target}-wal`, 'utf8')).toBe('log')
    expect(existsSync(file)).toBe(false)
    openWorkspace(file).close()
  })

  it('never overwrites one that was set aside before', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-aside-'))
    const file = path.join(folder, 'workspace.loom.db')
    for (const content of ['first', 'second']) {
      writeFileSync(file, content)
      setAside(file, now)
    }
    const contents = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'))
    expect(contents.sort()).toEqual(['first', 'second'])
  })
})
