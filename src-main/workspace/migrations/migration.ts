import type Database from 'better-sqlite3'

/**
 * One step of the workspace's format. Append-only: a migration that has been released is never changed, the next
 * one mends it. It runs inside a transaction that its caller owns.
 */
export interface Migration {
  /** 1, 2, 3 ... without gaps; the workspace's `user_version` is the last one applied. */
  readonly id: number
  readonly name: string
  readonly apply: (database: Database.Database) => void
}
