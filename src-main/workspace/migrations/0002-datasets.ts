import type { Migration } from './migration.ts'

/**
 * Datasets: typed columns, each stored as blobs of 1,024 rows. A dataset is written over many short transactions
 * and counts only once it is complete.
 */
export const createDatasets: Migration = {
  id: 2,
  name: 'datasets',
  apply: (database) => {
    database.exec(`
      CREATE TABLE datasets (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        format TEXT NOT NULL,
        description TEXT NOT NULL,
        row_count INTEGER NOT NULL,
        default_target TEXT,
        bytes INTEGER NOT NULL,
        source TEXT,
        complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
        created_at TEXT NOT NULL,
        touched_at TEXT NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX datasets_by_name ON datasets (name COLLATE NOCASE) WHERE complete = 1;

      CREATE TABLE dataset_columns (
        dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        dtype TEXT NOT NULL,
        shape TEXT NOT NULL,
        categories TEXT,
        statistics TEXT NOT NULL,
        PRIMARY KEY (dataset_id, position),
        UNIQUE (dataset_id, name)
      ) STRICT;

      CREATE TABLE dataset_chunks (
        dataset_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        chunk INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (dataset_id, position, chunk),
        FOREIGN KEY (dataset_id, position) REFERENCES dataset_columns (dataset_id, position) ON DELETE CASCADE
      ) STRICT;
    `)
  },
}
