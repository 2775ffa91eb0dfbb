import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openWorkspace, openWorkspaceReadOnly } from '../../../src-main/workspace/open.ts'
import { newFile, newWorkspace, openedHere, problemOf } from './support/temporary-workspace.ts'

describe('opening a workspace', () => {
  it('makes the file, and the folders on the way to it, where there is none', () => {
    const file = path.join(path.dirname(newFile()), 'deeper', 'still', 'workspace.loom.db')
    openWorkspace(file).close()
    expect(existsSync(file)).toBe(true)
  })

  it('fills an empty file that is there already', () => {
    const file = newFile()
    writeFileSync(file, '')
    expect(openedHere(file).projects.list()).toEqual([])
  })

  it('finds again what was stored before it was closed', () => {
    const file = newFile()
    const first = openWorkspace(file)
    first.projects.create({ name: 'Digits', layerCount: 2, json: '{"format":"layerloom-model"}' })
    first.close()
    const second = openedHere(file)
    expect(second.projects.list().map(({ name }) => name)).toEqual(['Digits'])
    expect(second.projects.newestDocument(1)?.json).toBe('{"format":"layerloom-model"}')
  })

  it('keeps one file after closing: the write-ahead log is folded in', () => {
    const workspace = newWorkspace()
    workspace.settings.set('theme', 'dark')
    expect(existsSync(`${workspace.file}-wal`)).toBe(true)
    workspace.close()
    expect(existsSync(`${workspace.file}-wal`)).toBe(false)
  })

  it('writes ahead, minds foreign keys and marks the file as its own', () => {
    const workspace = newWorkspace()
    workspace.close()
    const database = new Database(workspace.file)
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(database.pragma('application_id', { simple: true })).toBe(0x4c4c6f6d)
    expect(readFileSync(workspace.file).subarray(68, 72).toString('latin1')).toBe('LLom')
    database.close()
    const again = openedHere(workspace.file)
    expect(() => again.runMetrics.addEpoch(99, epochOf(1))).toThrow(/FOREIGN KEY/)
  })

  it('has strict tables only', () => {
    const workspace = newWorkspace()
    workspace.close()
    const database = new Database(workspace.file)
    const tables = z
      .array(z.object({ name: z.string(), strict: z.int() }))
      .parse(database.pragma('table_list'))
      .filter(({ name }) => !name.startsWith('sqlite_'))
    database.close()
    expect(tables.map(({ name }) => name).sort()).toEqual([
      'checkpoints',
      'dataset_chunks',
      'dataset_columns',
      'datasets',
      'document_versions',
      'projects',
      'run_documents',
      'run_epochs',
      'run_logs',
      'run_steps',
      'runs',
      'settings',
    ])
    expect(tables.filter(({ strict }) => strict !== 1)).toEqual([])
  })

  it('may be closed twice', () => {
    const workspace = newWorkspace()
    workspace.close()
    expect(() => workspace.close()).not.toThrow()
  })
})

describe('opening a workspace for reading', () => {
  it('reads what another connection wrote and cannot write itself', () => {
    const writer = newWorkspace()
    writer.settings.set('theme', 'dark')
    const reader = openWorkspaceReadOnly(writer.file)
    expect(reader.settings.get('theme', z.string())).toBe('dark')
    expect(problemOf(() => reader.settings.set('theme', 'light')).code).toBe('workspace.readOnly')
    reader.close()
    expect(writer.settings.get('theme', z.string())).toBe('dark')
  })

  it('refuses a file that is not there, and makes none', () => {
    const file = newFile()
    expect(problemOf(() => openWorkspaceReadOnly(file)).code).toBe('file.notFound')
    expect(existsSync(file)).toBe(false)
  })
})

function epochOf(epoch: number) {
  return { epoch, step: epoch, train: { loss: 1 }, validation: null, seconds: 1, samplesPerSecond: 1 }
}
