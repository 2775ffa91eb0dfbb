import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { inspect } from 'node:util'

const largestLog = 1024 * 1024

/** The app's own log: what went wrong that is not the user's input. Two files of at most a megabyte; it never throws. */
export class LogFile {
  readonly file: string

  constructor(folder: string) {
    this.file = path.join(folder, 'layerloom.log')
  }

  /** Appends one entry, with the cause's stack. */
  error(message: string, cause: unknown): void {
    const entry = `${new Date().toISOString()} ${message}\n${inspect(cause)}\n`
    console.error(entry)
    try {
      mkdirSync(path.dirname(this.file), { recursive: true })
      this.#rotate()
      appendFileSync(this.file, entry)
    } catch {
      // A full disk must not make matters worse; the entry is on the error stream.
    }
  }

  #rotate(): void {
    const size = statSync(this.file, { throwIfNoEntry: false })?.size ?? 0
    if (size > largestLog) renameSync(this.file, `${this.file}.old`)
  }
}
