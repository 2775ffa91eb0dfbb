import { z } from 'zod'
import { type MetricValues, metricValuesSchema } from '../../src-core/training/run-event.ts'
import type { Connection } from './connection.ts'
import { jsonColumn } from './json-column.ts'

const epochRowSchema = z.object({
  epoch: z.int(),
  step: z.int(),
  train: jsonColumn(metricValuesSchema),
  validation: jsonColumn(metricValuesSchema).nullable(),
  seconds: z.number(),
  samplesPerSecond: z.number(),
})
/** The same fields as EpochRecord of the IPC contract. */
export interface EpochRow {
  readonly epoch: number
  readonly step: number
  readonly train: MetricValues
  readonly validation: MetricValues | null
  readonly seconds: number
  readonly samplesPerSecond: number
}

const stepBatchSchema = z.object({ firstStep: z.int(), losses: z.instanceof(Uint8Array) })

export interface StepLoss {
  readonly step: number
  readonly loss: number
}

/** Metrics of runs by epoch and the loss of every step. */
export class RunMetricsRepository {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Enters an epoch (a repeated one replaces the first) and moves the run's position and throughput on. */
  addEpoch(runId: number, row: EpochRow): void {
    this.#connection.write(() => {
      this.#connection.run(
        `INSERT OR REPLACE INTO run_epochs (run_id, epoch, step, train, validation, seconds, samples_per_second)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        runId,
        row.epoch,
        row.step,
        JSON.stringify(row.train),
        row.validation === null ? null : JSON.stringify(row.validation),
        row.seconds,
        row.samplesPerSecond,
      )
      this.#connection.run(
        `UPDATE runs SET epochs_done = MAX(epochs_done, ?), samples_per_second = ?,
           seconds = (SELECT SUM(seconds) FROM run_epochs WHERE run_id = runs.id)
         WHERE id = ?`,
        row.epoch,
        row.samplesPerSecond,
        runId,
      )
    })
  }

  /** Forgets what came after a step, for a run that goes on from there. */
  removeAfter(runId: number, step: number): void {
    this.#connection.write(() => {
      this.#connection.run('DELETE FROM run_epochs WHERE run_id = ? AND step > ?', runId, step)
      this.#connection.run('DELETE FROM run_steps WHERE run_id = ? AND first_step > ?', runId, step)
      // At most one batch reaches over the step: its later losses go.
      this.#connection.run(
        `UPDATE run_steps SET losses = substr(losses, 1, (? - first_step + 1) * 4)
         WHERE run_id = ? AND first_step + length(losses) / 4 - 1 > ?`,
        step,
        runId,
        step,
      )
    })
  }

  epochs(runId: number): EpochRow[] {
    return z.array(epochRowSchema).parse(
      this.#connection.all(
        `SELECT epoch, step, train, validation, seconds, samples_per_second AS samplesPerSecond
           FROM run_epochs WHERE run_id = ? ORDER BY epoch`,
        runId,
      ),
    )
  }

  /** Enters the losses of consecutive steps, the last of which is `lastStep` (1-based), as float32. */
  addSteps(runId: number, lastStep: number, losses: readonly number[]): void {
    if (losses.length === 0) return
    const stored = Float32Array.from(losses)
    this.#connection.write(() =>
      this.#connection.run(
        'INSERT OR REPLACE INTO run_steps (run_id, first_step, losses) VALUES (?, ?, ?)',
        runId,
        lastStep - losses.length + 1,
        new Uint8Array(stored.buffer),
      ),
    )
  }

  /**
   * Step losses in order, thinned to at most `maximumPoints` (even; at least 2) in a way that keeps every spike: of each group of
   * neighbours the lowest and the highest loss stay. Losses that are not finite are left out.
   */
  steps(runId: number, maximumPoints = 2000): StepLoss[] {
    const points: StepLoss[] = []
    const rows = this.#connection.all(
      'SELECT first_step AS firstStep, losses FROM run_steps WHERE run_id = ? ORDER BY first_step',
      runId,
    )
    for (const row of rows) {
      const { firstStep, losses } = stepBatchSchema.parse(row)
      const view = new DataView(losses.buffer, losses.byteOffset, losses.byteLength)
      for (let index = 0; index < losses.byteLength / 4; index += 1) {
        const loss = view.getFloat32(index * 4, true)
        if (Number.isFinite(loss)) points.push({ step: firstStep + index, loss })
      }
    }
    return thinned(points, maximumPoints)
  }
}

function thinned(points: readonly StepLoss[], maximumPoints: number): StepLoss[] {
  if (points.length <= maximumPoints) return [...points]
  const groups = Math.floor(maximumPoints / 2)
  const kept: StepLoss[] = []
  for (let group = 0; group < groups; group += 1) {
    const from = Math.floor((group * points.length) / groups)
    const until = Math.floor(((group + 1) * points.length) / groups)
    kept.push(...extremes(points.slice(from, until)))
  }
  return kept
}

/** The lowest and the highest loss, in the order of their steps; one point where they are the same. */
function extremes(points: readonly StepLoss[]): StepLoss[] {
  const [first] = points
  if (first === undefined) return []
  let lowest = first
  let highest = first
  for (const point of points) {
    if (point.loss < lowest.loss) lowest = point
    if (point.loss > highest.loss) highest = point
  }
  if (lowest === highest) return [lowest]
  return lowest.step < highest.step ? [lowest, highest] : [highest, lowest]
}
