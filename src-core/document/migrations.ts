import { documentVersion } from './model-document.ts'

/**
 * Brings documents of earlier versions to the current one. The list only ever grows: each entry turns a document of
 * version `from` into one of version `from + 1`, and is never changed once released.
 */
export interface DocumentMigration {
  readonly from: number
  /** What changed, for people who read the list. */
  readonly summary: string
  /** Works on plain JSON of version `from`; must tolerate anything, because the result is checked afterwards. */
  migrate(document: JsonObject): JsonObject
}

export type JsonObject = Readonly<Record<string, unknown>>

export const documentMigrations: readonly DocumentMigration[] = [
  {
    from: 1,
    summary: 'Documents may hold blocks; without any, nothing changes.',
    migrate: (document) => document,
  },
]

/**
 * Asserts that the migrations lead from version 1 to `currentVersion` without a gap, in order.
 * Throws when they do not: that is a bug in the list.
 */
export function assertConsecutive(migrations: readonly DocumentMigration[], currentVersion: number): void {
  migrations.forEach((migration, index) => {
    if (migration.from !== index + 1) {
      throw new Error(`document migration ${index} starts at version ${migration.from}, not ${index + 1}`)
    }
  })
  if (migrations.length !== currentVersion - 1) {
    throw new Error(`document migrations lead to version ${migrations.length + 1}, not ${currentVersion}`)
  }
}

/** Runs every migration from the document's version on and stamps each result with its new version. */
export function migrateDocument(
  document: JsonObject,
  fromVersion: number,
  migrations: readonly DocumentMigration[] = documentMigrations,
): JsonObject {
  return migrations
    .slice(fromVersion - 1)
    .reduce<JsonObject>(
      (current, migration) => ({ ...migration.migrate(current), version: migration.from + 1 }),
      document,
    )
}

assertConsecutive(documentMigrations, documentVersion)
