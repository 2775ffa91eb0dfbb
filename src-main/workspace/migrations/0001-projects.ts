import type { Migration } from './migration.ts'

/** Projects and the versions of their documents. */
export const createProjects: Migration = {
  id: 1,
  name: 'projects',
  apply: (database) => {
    database.exec(`
      CREATE TABLE projects (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        file_path TEXT,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
      ) STRICT;

      CREATE TABLE document_versions (
        project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        reason TEXT NOT NULL CHECK (reason IN ('autosave', 'save')),
        hash TEXT NOT NULL,
        layer_count INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        json TEXT NOT NULL,
        PRIMARY KEY (project_id, version)
      ) STRICT;
    `)
  },
}
