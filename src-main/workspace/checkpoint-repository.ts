import { z } from 'zod'
import type { Connection } from './connection.ts'

const checkpointRowSchema = z.object({
  epoch: z.int(),
  step: z.int(),
  best: z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1),
  createdAt: z.string(),
})
export type CheckpointRow = z.output<typeof checkpointRowSchema>

const storedCheckpointSchema = checkpointRowSchema.extend({ bytes: z.instanceof(Uint8Array) })
/** A checkpoint with its safetensors file. */
export type StoredCheckpoint = z.output<typeof storedCheckpointSchema>

const columns = 'epoch, step, best, created_at AS createdAt'

/** Checkpoints of runs: the newest and the best of each stay. */
export class CheckpointRepository {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Keeps a checkpoint as the run's newest (and best, where it says so) and drops those it replaces. */
  save(
    runId: number,
    checkpoint: {
      readonly epoch: number
      readonly step: number
      readonly best: boolean
      readonly bytes: Uint8Array
    },
  ): void {
    this.#connection.write(() => {
      const { id } = this.#connection.run(
        'INSERT INTO checkpoints (run_id, epoch, step, best, created_at, bytes) VALUES (?, ?, ?, ?, ?, ?)',
        runId,
        checkpoint.epoch,
        checkpoint.step,
        checkpoint.best ? 1 : 0,
        this.#connection.timestamp(),
        checkpoint.bytes,
      )
      this.#connection.run(
        'DELETE FROM checkpoints WHERE run_id = ? AND id <> ? AND (best = 0 OR ? = 1)',
        runId,
        id,
        checkpoint.best ? 1 : 0,
      )
    })
  }

  /** The newest: where a run goes on. */
  last(runId: number): StoredCheckpoint | undefined {
    return this.#first(
      `SELECT ${columns}, bytes FROM checkpoints WHERE run_id = ? ORDER BY id DESC LIMIT 1`,
      runId,
    )
  }

  /** The best by validation; the newest where none was called best. */
  best(runId: number): StoredCheckpoint | undefined {
    return this.#first(
      `SELECT ${columns}, bytes FROM checkpoints WHERE run_id = ? ORDER BY best DESC, id DESC LIMIT 1`,
      runId,
    )
  }

  /** Without the bytes, oldest first. */
  list(runId: number): CheckpointRow[] {
    return z
      .array(checkpointRowSchema)
      .parse(this.#connection.all(`SELECT ${columns} FROM checkpoints WHERE run_id = ? ORDER BY id`, runId))
  }

  /** Whether the run has trained weights. */
  exists(runId: number): boolean {
    return this.#connection.get('SELECT 1 FROM checkpoints WHERE run_id = ? LIMIT 1', runId) !== undefined
  }

  #first(sql: string, runId: number): StoredCheckpoint | undefined {
    return storedCheckpointSchema.optional().parse(this.#connection.get(sql, runId))
  }
}
