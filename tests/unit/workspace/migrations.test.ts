import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { backupFileOf } from '../../../src-main/workspace/migrate.ts'
import { allMigrations } from '../../../src-main/workspace/migrations/all-migrations.ts'
import type { Migration } from '../../../src-main/workspace/migrations/migration.ts'
import { openWorkspace, openWorkspaceReadOnly } from '../../../src-main/workspace/open.ts'
import { newFile, openedHere } from './support/temporary-workspace.ts'

const next = allMigrations.length + 1

/** A migration of the future that changes data and tables. */
const renameProjects: Migration = {
  id: next,
  name: 'rename projects',
  apply: (database) => {
    database.exec(
      "UPDATE projects SET name = 'renamed ' || name; ALTER TABLE projects ADD COLUMN colour TEXT",
    )
  },
}

function workspaceWithProject(): string {
  const file = newFile()
  const workspace = openWorkspace(file)
  workspace.projects.create({ name: 'Digits', layerCount: 0, json: '{}' })
  workspace.close()
  return file
}

function projectNames(file: string): unknown[] {
  const database = new Database(file, { readonly: true })
  const names = database.prepare('SELECT name FROM projects').pluck().all()
  database.close()
  return names
}

describe('the list of migrations', () => {
  it('has the ids 1, 2, 3 ... without a gap', () => {
    expect(allMigrations.map(({ id }) => id)).toEqual(allMigrations.map((_, index) => index + 1))
  })

  it('has a name for each of them, and no name twice', () => {
    expect(new Set(allMigrations.map(({ name }) => name)).size).toBe(allMigrations.length)
  })
})

/** What each migration adds; a released migration never adds anything else. */
const additions: Readonly<Record<string, readonly string[]>> = {
  projects: ['document_versions', 'projects'],
  datasets: ['dataset_chunks', 'dataset_columns', 'datasets', 'datasets_by_name'],
  runs: ['run_documents', 'runs', 'runs_by_document', 'runs_by_origin', 'runs_by_project', 'runs_unfinished'],
  'run metrics': ['run_epochs', 'run_steps'],
  checkpoints: ['checkpoints', 'checkpoints_by_run'],
  'run logs': ['run_logs', 'run_logs_by_run'],
  settings: ['settings'],
  'paused runs': [],
}

describe.each(allMigrations)('migration $id, $name', (migration) => {
  it('adds its tables and indexes to what the earlier ones made', () => {
    const database = new Database(':memory:')
    for (const earlier of allMigrations.slice(0, migration.id - 1)) earlier.apply(database)
    const before = namesIn(database)
    migration.apply(database)
    expect(namesIn(database).filter((name) => !before.includes(name))).toEqual(additions[migration.name])
    database.close()
  })
})

function namesIn(database: Database.Database): string[] {
  const rows = database
    .prepare("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all()
  return z.array(z.string()).parse(rows)
}

describe('opening an older workspace', () => {
  it('brings it to the newest format and keeps its contents', () => {
    const file = workspaceWithProject()
    openWorkspace(file, { migrations: [...allMigrations, renameProjects] }).close()
    expect(projectNames(file)).toEqual(['renamed Digits'])
  })

  it('keeps a copy of the workspace as it was', () => {
    const file = workspaceWithProject()
    const workspace = openWorkspace(file, { migrations: [...allMigrations, renameProjects] })
    workspace.close()
    expect(workspace.backupFile).toBe(backupFileOf(file, allMigrations.length))
    expect(projectNames(backupFileOf(file, allMigrations.length))).toEqual(['Digits'])
    expect(openedHere(backupFileOf(file, allMigrations.length)).projects.list()).toHaveLength(1)
  })

  it('makes no copy of a new workspace, nor when nothing changes', () => {
    const file = workspaceWithProject()
    const again = openedHere(file)
    expect(again.backupFile).toBeUndefined()
    for (let version = 0; version <= next; version += 1) {
      expect(existsSync(backupFileOf(file, version))).toBe(false)
    }
  })

  it('leaves it as it was when a migration fails half-way', () => {
    const file = workspaceWithProject()
    const failing: Migration = {
      id: next + 1,
      name: 'failing',
      apply: (database) => {
        database.exec('DELETE FROM projects; INSERT INTO no_such_table VALUES (1)')
      },
    }
    const migrations = [...allMigrations, renameProjects, failing]
    expect(() => openWorkspace(file, { migrations })).toThrow(/no_such_table/)
    expect(projectNames(file)).toEqual(['Digits'])
    expect(
      openedHere(file)
        .projects.list()
        .map(({ name }) => name),
    ).toEqual(['Digits'])
  })

  it('does not happen when it is opened for reading', () => {
    const file = workspaceWithProject()
    const migrations = [...allMigrations, renameProjects]
    expect(() => openWorkspaceReadOnly(file, { migrations })).toThrow(/opened for writing/)
    expect(projectNames(file)).toEqual(['Digits'])
  })
})
