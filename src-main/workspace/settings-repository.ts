import { z } from 'zod'
import type { Connection } from './connection.ts'

const valueRowSchema = z.object({ value: z.string() })

/** Small things the application remembers between two starts: last project, recent files, window bounds. */
export class SettingsRepository {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Undefined when nothing was set, or when what was set does not fit the schema (it is then as good as nothing). */
  get<T extends z.ZodType>(key: string, schema: T): z.output<T> | undefined {
    const row = valueRowSchema
      .optional()
      .parse(this.#connection.get('SELECT value FROM settings WHERE key = ?', key))
    if (row === undefined) return undefined
    const parsed = schema.safeParse(JSON.parse(row.value))
    return parsed.success ? parsed.data : undefined
  }

  /** Sets a value that JSON can hold. */
  set(key: string, value: unknown): void {
    this.#connection.write(() =>
      this.#connection.run(
        'INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)',
        key,
        JSON.stringify(value),
      ),
    )
  }

  remove(key: string): void {
    this.#connection.write(() => this.#connection.run('DELETE FROM settings WHERE key = ?', key))
  }
}
