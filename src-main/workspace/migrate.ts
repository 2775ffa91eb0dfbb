import { renameSync, rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { Migration } from './migrations/migration.ts'

/** The last migration applied to the file; 0 for a new one. */
export function formatVersion(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }))
}

/** Where the copy of a workspace is put before it leaves a format version. */
export function backupFileOf(file: string, version: number): string {
  return `${file}.backup-v${version}`
}

/**
 * Brings the workspace to the newest format in one transaction; a migration that throws leaves the file as it was.
 * An existing workspace is copied to `backupFileOf` first.
 * @returns the file of the copy, if one was made
 */
export function migrate(
  database: Database.Database,
  file: string,
  migrations: readonly Migration[],
): string | undefined {
  const before = formatVersion(database)
  if (before >= newestVersion(migrations)) return undefined
  const backup = before > 0 ? copyWorkspace(database, backupFileOf(file, before)) : undefined
  database
    .transaction(() => {
      // Asked again under the write lock: another process may have migrated in the meantime.
      const current = formatVersion(database)
      for (const migration of migrations) {
        if (migration.id <= current) continue
        migration.apply(database)
        database.pragma(`user_version = ${migration.id}`)
      }
    })
    .immediate()
  return backup
}

/** Id of the last migration of a list. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.id ?? 0
}

function copyWorkspace(database: Database.Database, target: string): string {
  const unfinished = `${target}.unfinished`
  rmSync(unfinished, { force: true })
  database.prepare('VACUUM INTO ?').run(unfinished)
  renameSync(unfinished, target)
  return target
}
