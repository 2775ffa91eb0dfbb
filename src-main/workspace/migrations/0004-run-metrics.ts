import type { Migration } from './migration.ts'

/** Metrics of runs: one row per epoch, and the losses of steps in blobs of float32, little endian, as reported. */
export const createRunMetrics: Migration = {
  id: 4,
  name: 'run metrics',
  apply: (database) => {
    database.exec(`
      CREATE TABLE run_epochs (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        step INTEGER NOT NULL,
        train TEXT NOT NULL,
        validation TEXT,
        seconds REAL NOT NULL,
        samples_per_second REAL NOT NULL,
        PRIMARY KEY (run_id, epoch)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE run_steps (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        first_step INTEGER NOT NULL,
        losses BLOB NOT NULL,
        PRIMARY KEY (run_id, first_step)
      ) STRICT, WITHOUT ROWID;
    `)
  },
}
