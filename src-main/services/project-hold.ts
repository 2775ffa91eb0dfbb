import { z } from 'zod'
import type { SettingsRepository } from '../workspace/settings-repository.ts'
import { errorCode } from './error-code.ts'

const holdSchema = z.object({ pid: z.int().positive(), at: z.number() })

/** A process that does not say every so often that it is still there no longer holds anything. */
const saidEvery = 10_000
const validFor = 3 * saidEvery

const keyOf = (projectId: number) => `openProject.${projectId}`

/** Which process has a project open, so that two of them never write one project in turns. Kept in the workspace. */
export class ProjectHold {
  readonly #settings: SettingsRepository
  readonly #pid: number
  /** What this process holds, with the timers that say so. */
  readonly #held = new Map<number, NodeJS.Timeout>()

  constructor(settings: SettingsRepository, pid: number = process.pid) {
    this.#settings = settings
    this.#pid = pid
  }

  /** The process that has the project open, if it is another one and alive. */
  holder(projectId: number): number | undefined {
    const hold = this.#settings.get(keyOf(projectId), holdSchema)
    if (hold === undefined || hold.pid === this.#pid) return undefined
    return Date.now() - hold.at < validFor && isAlive(hold.pid) ? hold.pid : undefined
  }

  /** The projects that this process holds. */
  held(): readonly number[] {
    return [...this.#held.keys()]
  }

  /** Takes a project, beside those that are held already. */
  take(projectId: number): void {
    if (this.#held.has(projectId)) return
    const say = () =>
      withoutFailing(() => this.#settings.set(keyOf(projectId), { pid: this.#pid, at: Date.now() }))
    say()
    const timer = setInterval(say, saidEvery)
    timer.unref()
    this.#held.set(projectId, timer)
  }

  release(projectId: number): void {
    const timer = this.#held.get(projectId)
    if (timer === undefined) return
    clearInterval(timer)
    this.#held.delete(projectId)
    withoutFailing(() => this.#settings.remove(keyOf(projectId)))
  }
}

/** A workspace that cannot be written now (busy, full, closed) keeps nobody from working: what is not said runs out. */
function withoutFailing(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is there, but belongs to somebody else.
    return errorCode(error) === 'EPERM'
  }
}
