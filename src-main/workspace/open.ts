import { existsSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { ProblemError, problem } from '../../src-core/problems.ts'
import { Connection } from './connection.ts'
import { formatVersion, migrate, newestVersion } from './migrate.ts'
import { allMigrations } from './migrations/all-migrations.ts'
import type { Migration } from './migrations/migration.ts'
import { corrupted, explainingSqliteErrors } from './sqlite-errors.ts'
import { loadedSqliteVersion, sqliteSupportProblem } from './sqlite-support.ts'
import { Workspace } from './workspace.ts'

/** 'LLom' in the file's header tells a workspace from other SQLite files. */
export const workspaceApplicationId = 0x4c_4c_6f_6d

/** Above this size only the small tables are checked on opening, so that large data does not delay the start. */
const wholeCheckLimit = 256 * 1024 * 1024
const bulkTables = new Set(['dataset_chunks', 'checkpoints'])

export interface OpenOptions {
  /** How long to wait for another writer, in milliseconds. */
  readonly busyTimeout?: number
  /** For tests of the format's history. */
  readonly migrations?: readonly Migration[]
  /** The clock that timestamps come from. */
  readonly now?: () => Date
}

/**
 * Opens the workspace file for reading and writing; makes it, and its folder, where there is none, and brings an
 * older one to the newest format (a copy is kept beside it).
 * @throws ProblemError workspace.sqlite, .locked, .readOnly, .corrupted, .newer, .diskFull; the file is then as it was.
 */
export function openWorkspace(file: string, options: OpenOptions = {}): Workspace {
  const migrations = options.migrations ?? allMigrations
  makeFolder(file)
  requireNoFolder(file)
  const isNew = !hasContent(file)
  return opened(file, { timeout: options.busyTimeout ?? 5000 }, (database) => {
    if (isNew) prepareNewFile(database)
    else requireWorkspace(database, file, migrations)
    database.pragma('journal_mode = WAL')
    setConnectionPragmas(database)
    const backupFile = migrate(database, file, migrations)
    requireWritable(database)
    return new Workspace(database, new Connection(database, file, options.now), backupFile)
  })
}

/**
 * Opens an existing workspace for reading, beside a process that writes it; it never waits for that one's writes.
 * This is how the engine process reads its data.
 * @throws ProblemError as openWorkspace, and file.notFound
 */
export function openWorkspaceReadOnly(file: string, options: OpenOptions = {}): Workspace {
  const migrations = options.migrations ?? allMigrations
  requireNoFolder(file)
  if (!hasContent(file)) {
    throw new ProblemError(problem('file.notFound', `There is no workspace at ${file}.`))
  }
  const databaseOptions = { readonly: true, fileMustExist: true, timeout: options.busyTimeout ?? 5000 }
  return opened(file, databaseOptions, (database) => {
    requireVersion(database, file, migrations)
    if (formatVersion(database) < newestVersion(migrations)) {
      throw new Error(
        `The workspace ${file} must be opened for writing once, to bring it to the newest format.`,
      )
    }
    setConnectionPragmas(database)
    return new Workspace(database, new Connection(database, file, options.now), undefined)
  })
}

function opened(
  file: string,
  databaseOptions: Database.Options,
  prepare: (database: Database.Database) => Workspace,
): Workspace {
  const unsupported = sqliteSupportProblem(
    loadedSqliteVersion(),
    process.versions.napi,
    process.versions.node,
  )
  if (unsupported !== undefined) throw new ProblemError(unsupported)
  return explainingSqliteErrors(file, () => {
    const database = new Database(file, databaseOptions)
    try {
      return prepare(database)
    } catch (error) {
      database.close()
      throw error
    }
  })
}

function makeFolder(file: string): void {
  try {
    makeFolders(path.dirname(path.resolve(file)))
  } catch (error) {
    throw new ProblemError(
      problem(
        'workspace.readOnly',
        `The folder for the workspace ${file} cannot be made (${reasonOf(error)}).`,
        {
          hint: 'Choose another place for the workspace.',
        },
      ),
      { cause: error },
    )
  }
}

/** Level by level: Node's own recursive mkdir never returns where a file system refuses with ENOENT, as /proc does. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return
  const parent = path.dirname(folder)
  if (parent !== folder) makeFolders(parent)
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another process made it in between.
    if (!existsSync(folder)) throw error
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function requireNoFolder(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true) return
  throw new ProblemError(
    problem('file.unreadable', `${file} is a folder, not a workspace file.`, {
      hint: 'Name a file in this folder.',
    }),
  )
}

function hasContent(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0
}

function prepareNewFile(database: Database.Database): void {
  // Both must be set before the first table is made.
  database.pragma('page_size = 8192')
  database.pragma('auto_vacuum = INCREMENTAL')
  database.pragma(`application_id = ${workspaceApplicationId}`)
}

function setConnectionPragmas(database: Database.Database): void {
  database.pragma('foreign_keys = ON')
  // With a write-ahead log, NORMAL survives a crash of the program; only a power cut may lose the last moments.
  database.pragma('synchronous = NORMAL')
}

function requireWorkspace(database: Database.Database, file: string, migrations: readonly Migration[]): void {
  requireVersion(database, file, migrations)
  const findings = damage(database, statSync(file).size)
  if (findings !== undefined) throw new ProblemError(corrupted(file, findings))
}

function requireVersion(database: Database.Database, file: string, migrations: readonly Migration[]): void {
  if (Number(database.pragma('application_id', { simple: true })) !== workspaceApplicationId) {
    throw new ProblemError(corrupted(file, 'a SQLite file of another program'))
  }
  const version = formatVersion(database)
  const newest = newestVersion(migrations)
  if (version > newest) {
    throw new ProblemError(
      problem(
        'workspace.newer',
        `The workspace ${file} has format ${version}; this LayerLoom knows formats up to ${newest}.`,
        { hint: 'Update LayerLoom, or choose another workspace file. Nothing was changed.' },
      ),
    )
  }
}

/** What SQLite finds wrong with the file, or undefined. */
function damage(database: Database.Database, size: number): string | undefined {
  const checks =
    size <= wholeCheckLimit
      ? ['quick_check(1)']
      : tableNames(database)
          .filter((name) => !bulkTables.has(name))
          .map((name) => `quick_check('${name}')`)
  return checks
    .map((check) => String(database.pragma(check, { simple: true })))
    .find((finding) => finding !== 'ok')
}

function tableNames(database: Database.Database): string[] {
  return database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all().map(String)
}

/** Takes and releases the write lock: SQLite opens a file it cannot write without a word. */
function requireWritable(database: Database.Database): void {
  database.exec('BEGIN IMMEDIATE')
  database.exec('ROLLBACK')
}
