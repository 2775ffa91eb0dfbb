/** What a person wants done with the runs in progress when the window is to close. */
export type CloseChoice = 'stop' | 'keepRunning' | 'cancel'

export interface CloseGuardParts {
  /** Whether any run is in progress. */
  isTraining(): boolean
  ask(): Promise<CloseChoice>
  /** Stops every run; resolves when their checkpoints are written. */
  stopRuns(): Promise<void>
  /** Resolves when no run is in progress any more. */
  whenIdle(): Promise<void>
  /** Gives the window a last, bounded chance to store what it holds. */
  flush(): Promise<void>
  hide(): void
  /** Closes for good. */
  leave(): void
}

/**
 * Stands between the request to close and the closing: asks while a run is in progress, lets the window store its
 * changes, and only then lets go.
 */
export class CloseGuard {
  readonly #parts: CloseGuardParts
  #state: 'open' | 'deciding' | 'leaving' = 'open'
  /** Counts decisions, so that one which was overtaken by `reopen` no longer closes anything. */
  #decision = 0

  constructor(parts: CloseGuardParts) {
    this.#parts = parts
  }

  /** True when the window may close at once; otherwise the decision has been started and `leave` follows, or not. */
  requestClose(): boolean {
    if (this.#state === 'leaving') return true
    if (this.#state === 'open') {
      this.#state = 'deciding'
      this.#decision += 1
      void this.#decide(this.#decision)
    }
    return false
  }

  /** The window was called back while it waited, hidden, for a run to end: it stays. */
  reopen(): void {
    if (this.#state !== 'deciding') return
    this.#decision += 1
    this.#state = 'open'
  }

  async #decide(decision: number): Promise<void> {
    const leaves = await this.#prepare().catch(() => false)
    if (decision !== this.#decision) return
    this.#state = leaves ? 'leaving' : 'open'
    if (leaves) this.#parts.leave()
  }

  async #prepare(): Promise<boolean> {
    if (!this.#parts.isTraining()) {
      await this.#parts.flush()
      return true
    }
    const choice = await this.#parts.ask()
    if (choice === 'cancel') return false
    this.#parts.hide()
    await this.#parts.flush()
    await (choice === 'stop' ? this.#parts.stopRuns() : this.#parts.whenIdle())
    return true
  }
}
