import type { Migration } from './migration.ts'

/** Small things the application remembers, as JSON by key. */
export const createSettings: Migration = {
  id: 7,
  name: 'settings',
  apply: (database) => {
    database.exec(`
      CREATE TABLE settings (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `)
  },
}
