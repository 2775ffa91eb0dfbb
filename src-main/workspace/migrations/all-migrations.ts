import { createProjects } from './0001-projects.ts'
import { createDatasets } from './0002-datasets.ts'
import { createRuns } from './0003-runs.ts'
import { createRunMetrics } from './0004-run-metrics.ts'
import { createCheckpoints } from './0005-checkpoints.ts'
import { createRunLogs } from './0006-run-logs.ts'
import { createSettings } from './0007-settings.ts'
import { addPausedRuns } from './0008-paused-runs.ts'
import type { Migration } from './migration.ts'

/** Every migration in order. Append only. */
export const allMigrations: readonly Migration[] = [
  createProjects,
  createDatasets,
  createRuns,
  createRunMetrics,
  createCheckpoints,
  createRunLogs,
  createSettings,
  addPausedRuns,
]
