import type { Migration } from './migration.ts'

/** Checkpoints: safetensors files, of which the newest and the best of each run stay. */
export const createCheckpoints: Migration = {
  id: 5,
  name: 'checkpoints',
  apply: (database) => {
    database.exec(`
      CREATE TABLE checkpoints (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        step INTEGER NOT NULL,
        best INTEGER NOT NULL CHECK (best IN (0, 1)),
        created_at TEXT NOT NULL,
        bytes BLOB NOT NULL
      ) STRICT;
      CREATE INDEX checkpoints_by_run ON checkpoints (run_id, id);
    `)
  },
}
