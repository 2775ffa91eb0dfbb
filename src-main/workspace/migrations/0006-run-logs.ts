import type { Migration } from './migration.ts'

/** What the engine and its supervisor said during a run. */
export const createRunLogs: Migration = {
  id: 6,
  name: 'run logs',
  apply: (database) => {
    database.exec(`
      CREATE TABLE run_logs (
        id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
        message TEXT NOT NULL
      ) STRICT;
      CREATE INDEX run_logs_by_run ON run_logs (run_id, id);
    `)
  },
}
