import { z } from 'zod'
import type { Problem } from '../../src-core/problems.ts'
import { problemSchema } from '../../src-core/training/problem-schema.ts'
import { type TrainingSettings, trainingSettingsSchema } from '../../src-core/training/run-config.ts'
import {
  type MetricValues,
  metricValuesSchema,
  type RunStatus,
  runStatuses,
} from '../../src-core/training/run-event.ts'
import { gitBlobHash } from '../services/git-hash.ts'
import type { Connection } from './connection.ts'
import { jsonColumn } from './json-column.ts'

const runRowSchema = z.object({
  id: z.int(),
  name: z.string(),
  projectId: z.int().nullable(),
  projectName: z.string(),
  datasetName: z.string(),
  status: z.enum(runStatuses),
  engine: z.string(),
  device: z.string(),
  epochs: z.int(),
  epochsDone: z.int(),
  startedAt: z.string(),
  seconds: z.number().nullable(),
  samplesPerSecond: z.number().nullable(),
  documentHash: z.string(),
  train: jsonColumn(metricValuesSchema).nullable(),
  validation: jsonColumn(metricValuesSchema).nullable(),
  test: jsonColumn(metricValuesSchema).nullable(),
  problem: jsonColumn(problemSchema).nullable(),
})
/** The same fields as RunSummary of the IPC contract; train and validation are those of the epoch whose weights are kept. */
export type RunRow = z.output<typeof runRowSchema>

const runSetupSchema = z.object({
  documentJson: z.string(),
  settings: jsonColumn(trainingSettingsSchema),
  environment: jsonColumn(z.record(z.string(), z.string())),
  reason: z.string(),
  resumedFrom: z.int().nullable(),
})
/** What a run was started with, in full. */
export type RunSetup = z.output<typeof runSetupSchema>

const unfinishedRowSchema = z.object({ id: z.int(), processId: z.int().nullable() })

export interface NewRun {
  readonly projectId: number | null
  readonly projectName: string
  readonly name: string
  readonly datasetName: string
  /** The document as it is serialised to a file; its git blob hash names it. */
  readonly documentJson: string
  readonly settings: TrainingSettings
  /** Versions and machine, for the record. */
  readonly environment: Readonly<Record<string, string>>
  readonly resumedFrom?: number
}

export interface RunEnd {
  readonly status: Extract<RunStatus, 'finished' | 'stopped' | 'failed' | 'paused'>
  readonly test?: MetricValues | null
  readonly problem?: Problem
  readonly seconds?: number
  readonly samplesPerSecond?: number
}

const selectRuns = `
  SELECT runs.id, name, project_id AS projectId, project_name AS projectName, dataset_name AS datasetName,
    CASE paused WHEN 1 THEN 'paused' ELSE status END AS status,
    engine, device, epochs, epochs_done AS epochsDone, started_at AS startedAt, runs.seconds,
    runs.samples_per_second AS samplesPerSecond, document_hash AS documentHash, train, validation, test, problem
  FROM runs LEFT JOIN run_epochs ON run_id = runs.id AND epoch = COALESCE(
    (SELECT checkpoints.epoch FROM checkpoints WHERE checkpoints.run_id = runs.id ORDER BY checkpoints.id DESC LIMIT 1),
    epochs_done)`

/** Runs: what was trained, where, and how it went. */
export class RunRepository {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Newest first; of one project where it is given. */
  list(filter: { readonly projectId?: number } = {}): RunRow[] {
    const rows =
      filter.projectId === undefined
        ? this.#connection.all(`${selectRuns} ORDER BY runs.id DESC`)
        : this.#connection.all(`${selectRuns} WHERE project_id = ? ORDER BY runs.id DESC`, filter.projectId)
    return z.array(runRowSchema).parse(rows)
  }

  find(runId: number): RunRow | undefined {
    return runRowSchema.optional().parse(this.#connection.get(`${selectRuns} WHERE runs.id = ?`, runId))
  }

  /** The newest run with this name. */
  findByName(name: string): RunRow | undefined {
    return runRowSchema
      .optional()
      .parse(this.#connection.get(`${selectRuns} WHERE name = ? ORDER BY runs.id DESC LIMIT 1`, name))
  }

  setup(runId: number): RunSetup | undefined {
    return runSetupSchema.optional().parse(
      this.#connection.get(
        `SELECT json AS documentJson, settings, environment, reason, resumed_from AS resumedFrom
           FROM runs JOIN run_documents ON hash = document_hash WHERE id = ?`,
        runId,
      ),
    )
  }

  /** Runs that are queued or running, with the process that looks after them. */
  unfinished(): { id: number; processId: number | null }[] {
    return z
      .array(unfinishedRowSchema)
      .parse(
        this.#connection.all(
          "SELECT id, process_id AS processId FROM runs WHERE status IN ('queued', 'running') ORDER BY id",
        ),
      )
  }

  /** Enters a queued run that this process looks after. @returns its id, which is never given twice */
  create(run: NewRun): number {
    return this.#connection.write(() => {
      const hash = gitBlobHash(run.documentJson)
      this.#connection.run(
        'INSERT OR IGNORE INTO run_documents (hash, json) VALUES (?, ?)',
        hash,
        run.documentJson,
      )
      return this.#connection.run(
        `INSERT INTO runs (project_id, project_name, name, dataset_name, document_hash, resumed_from, process_id,
           status, epochs, started_at, settings, environment)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)`,
        run.projectId,
        run.projectName,
        run.name,
        run.datasetName,
        hash,
        run.resumedFrom ?? null,
        process.pid,
        run.settings.epochs,
        this.#connection.timestamp(),
        JSON.stringify(run.settings),
        JSON.stringify(run.environment),
      ).id
    })
  }

  /** The engine has begun; `epochs` is how many it will do. */
  markStarted(
    runId: number,
    started: {
      readonly engine: string
      readonly device: string
      readonly reason: string
      readonly epochs: number
    },
  ): void {
    this.#connection.write(() =>
      this.#connection.run(
        "UPDATE runs SET status = 'running', engine = ?, device = ?, reason = ?, epochs = ? WHERE id = ?",
        started.engine,
        started.device,
        started.reason,
        started.epochs,
        runId,
      ),
    )
  }

  /** A run that had ended goes on, looked after by this process, with other settings where they are given. */
  markResumed(runId: number, settings?: TrainingSettings): void {
    this.#connection.write(() =>
      this.#connection.run(
        `UPDATE runs SET status = 'queued', paused = 0, settings = COALESCE(?, settings), problem = NULL, test = NULL, finished_at = NULL, process_id = ?,
           epochs_done = (SELECT COALESCE(MAX(epoch), 0) FROM run_epochs WHERE run_id = runs.id)
         WHERE id = ?`,
        settings ? JSON.stringify(settings) : null,
        process.pid,
        runId,
      ),
    )
  }

  markEnded(runId: number, end: RunEnd): void {
    this.#connection.write(() =>
      this.#connection.run(
        `UPDATE runs SET status = ?, paused = ?, test = ?, problem = ?, finished_at = ?, process_id = NULL,
           seconds = COALESCE(?, seconds), samples_per_second = COALESCE(?, samples_per_second)
         WHERE id = ?`,
        end.status === 'paused' ? 'failed' : end.status,
        end.status === 'paused' ? 1 : 0,
        end.test ? JSON.stringify(end.test) : null,
        end.problem ? JSON.stringify(end.problem) : null,
        this.#connection.timestamp(),
        end.seconds ?? null,
        end.samplesPerSecond ?? null,
        runId,
      ),
    )
  }

  rename(runId: number, name: string): boolean {
    return this.#connection.write(
      () => this.#connection.run('UPDATE runs SET name = ? WHERE id = ?', name, runId).changes > 0,
    )
  }

  /** Removes the run with its metrics, checkpoints and logs. False when there is no such run. */
  remove(runId: number): boolean {
    const removed = this.#connection.write(() => {
      const hash = this.find(runId)?.documentHash
      if (hash === undefined) return false
      this.#connection.run('DELETE FROM runs WHERE id = ?', runId)
      this.#connection.run(
        'DELETE FROM run_documents WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM runs WHERE document_hash = hash)',
        hash,
      )
      return true
    })
    this.#connection.releaseFreePages()
    return removed
  }
}
