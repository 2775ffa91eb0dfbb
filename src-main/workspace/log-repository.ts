import { z } from 'zod'
import type { Connection } from './connection.ts'

export const logLevels = ['info', 'warning', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

const logRowSchema = z.object({ at: z.string(), level: z.enum(logLevels), message: z.string() })
export type LogRow = z.output<typeof logRowSchema>

/** What was said during a run. */
export class LogRepository {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  add(runId: number, level: LogLevel, message: string): void {
    this.#connection.write(() =>
      this.#connection.run(
        'INSERT INTO run_logs (run_id, at, level, message) VALUES (?, ?, ?, ?)',
        runId,
        this.#connection.timestamp(),
        level,
        message,
      ),
    )
  }

  /** In the order they were said; at most the newest `limit`. */
  list(runId: number, limit = 10_000): LogRow[] {
    const newest = this.#connection.all(
      'SELECT at, level, message FROM run_logs WHERE run_id = ? ORDER BY id DESC LIMIT ?',
      runId,
      limit,
    )
    return z.array(logRowSchema).parse(newest.reverse())
  }
}
