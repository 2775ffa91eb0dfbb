import type { Migration } from './migration.ts'

/**
 * Runs. The trained documents lie apart, once per hash, so that a list of ten thousand runs does not read them and
 * a hundred runs of one drawing keep it once.
 */
export const createRuns: Migration = {
  id: 3,
  name: 'runs',
  apply: (database) => {
    database.exec(`
      CREATE TABLE run_documents (
        hash TEXT PRIMARY KEY,
        json TEXT NOT NULL
      ) STRICT;

      CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER REFERENCES projects (id) ON DELETE SET NULL,
        project_name TEXT NOT NULL,
        name TEXT NOT NULL,
        dataset_name TEXT NOT NULL,
        document_hash TEXT NOT NULL REFERENCES run_documents (hash),
        resumed_from INTEGER REFERENCES runs (id) ON DELETE SET NULL,
        process_id INTEGER,
        status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'finished', 'stopped', 'failed')),
        engine TEXT NOT NULL DEFAULT '',
        device TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        epochs INTEGER NOT NULL,
        epochs_done INTEGER NOT NULL DEFAULT 0,
        started_at TEXT NOT NULL,
        finished_at TEXT,
        seconds REAL,
        samples_per_second REAL,
        test TEXT,
        problem TEXT,
        settings TEXT NOT NULL,
        environment TEXT NOT NULL
      ) STRICT;
      CREATE INDEX runs_by_project ON runs (project_id, id);
      CREATE INDEX runs_by_document ON runs (document_hash);
      CREATE INDEX runs_by_origin ON runs (resumed_from);
      CREATE INDEX runs_unfinished ON runs (status) WHERE status IN ('queued', 'running');
    `)
  },
}
