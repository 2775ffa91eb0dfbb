import type Database from 'better-sqlite3'
import { CheckpointRepository } from './checkpoint-repository.ts'
import type { Connection } from './connection.ts'
import { DatasetRepository } from './dataset-repository.ts'
import { LogRepository } from './log-repository.ts'
import { ProjectRepository } from './project-repository.ts'
import { RunMetricsRepository } from './run-metrics-repository.ts'
import { RunRepository } from './run-repository.ts'
import { SettingsRepository } from './settings-repository.ts'

/** An open workspace file: one repository per table group. */
export class Workspace {
  readonly file: string
  /** The copy that was made because this opening changed the file's format. */
  readonly backupFile: string | undefined
  readonly projects: ProjectRepository
  readonly datasets: DatasetRepository
  readonly runs: RunRepository
  readonly runMetrics: RunMetricsRepository
  readonly checkpoints: CheckpointRepository
  readonly logs: LogRepository
  readonly settings: SettingsRepository
  readonly #database: Database.Database
  readonly #connection: Connection

  constructor(database: Database.Database, connection: Connection, backupFile: string | undefined) {
    this.#database = database
    this.#connection = connection
    this.file = connection.file
    this.backupFile = backupFile
    this.projects = new ProjectRepository(connection)
    this.datasets = new DatasetRepository(connection)
    this.runs = new RunRepository(connection)
    this.runMetrics = new RunMetricsRepository(connection)
    this.checkpoints = new CheckpointRepository(connection)
    this.logs = new LogRepository(connection)
    this.settings = new SettingsRepository(connection)
  }

  /** Several writes, over any repositories, that happen together or not at all. */
  transaction<T>(work: () => T): T {
    return this.#connection.write(work)
  }

  /** Closes the file and folds the write-ahead log into it. Closing twice does nothing. */
  close(): void {
    this.#database.close()
  }
}
