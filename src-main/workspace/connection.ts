import type Database from 'better-sqlite3'
import { explainingSqliteErrors } from './sqlite-errors.ts'

export type SqlValue = string | number | null | Uint8Array

/**
 * What repositories see of SQLite: prepared statements (kept by their text) and transactions. Errors that a person
 * can do something about (locked, full, damaged ...) leave as ProblemError.
 */
export class Connection {
  readonly file: string
  readonly now: () => Date
  readonly #database: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  constructor(database: Database.Database, file: string, now: () => Date = () => new Date()) {
    this.#database = database
    this.file = file
    this.now = now
  }

  /** The time as it is stored. */
  timestamp(): string {
    return this.now().toISOString()
  }

  /** First row, or undefined. */
  get(sql: string, ...values: readonly SqlValue[]): unknown {
    return explainingSqliteErrors(this.file, () => this.#prepare(sql).get(...bindable(values)))
  }

  all(sql: string, ...values: readonly SqlValue[]): unknown[] {
    return explainingSqliteErrors(this.file, () => this.#prepare(sql).all(...bindable(values)))
  }

  /** Runs a statement without rows; tells how many rows it changed and the id of an inserted one. */
  run(sql: string, ...values: readonly SqlValue[]): { changes: number; id: number } {
    return explainingSqliteErrors(this.file, () => {
      const { changes, lastInsertRowid } = this.#prepare(sql).run(...bindable(values))
      return { changes, id: Number(lastInsertRowid) }
    })
  }

  /** One transaction: all of it or nothing. Inside another one it joins that one (as a savepoint). */
  write<T>(work: () => T): T {
    return explainingSqliteErrors(this.file, () => this.#database.transaction(work).immediate())
  }

  /** Several reads that see the same state. */
  read<T>(work: () => T): T {
    return explainingSqliteErrors(this.file, () => this.#database.transaction(work).deferred())
  }

  /** Gives pages that deletions have freed back to the file system. */
  releaseFreePages(): void {
    explainingSqliteErrors(this.file, () => this.#database.pragma('incremental_vacuum'))
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

/** SQLite's binding takes blobs as Buffer; this shares the memory. */
function bindable(values: readonly SqlValue[]): unknown[] {
  return values.map((value) =>
    value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value,
  )
}
