import type { Migration } from './migration.ts'

/**
 * Marks failed runs that can go on as they are: memory or the device failed, not the run. A column beside the status,
 * because a new status would mean to build the table, and all that refers to it, anew.
 */
export const addPausedRuns: Migration = {
  id: 8,
  name: 'paused runs',
  apply: (database) => {
    database.exec('ALTER TABLE runs ADD COLUMN paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1))')
  },
}
