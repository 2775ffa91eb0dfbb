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
  /** `waiting`: hidden until the runs have ended. */
  #state: 'open' | 'deciding' | 'waiting' | 'leaving' = 'open'
  /** Counts decisions, so that one which was overtaken no longer closes anything. */
  #decision = 0

  constructor(parts: CloseGuardParts) {
    this.#parts = parts
  }

  /** True when the window may close at once; otherwise the decision has been started and `leave` follows, or not. */
  requestClose(): boolean {
    if (this.#state === 'leaving') return true
    if (this.#state !== 'deciding') this.#decide(() => this.#prepare())
    return false
  }

  /** The system wants the app gone: stops the runs without a question, stores everything and leaves. */
  insist(): void {
    if (this.#state === 'leaving') return
    this.#decide(async () => {
      await this.#parts.flush()
      await this.#parts.stopRuns()
      return true
    })
  }

  /** The window was called back while it waited, hidden, for a run to end: it stays. */
  reopen(): void {
    if (this.#state !== 'waiting') return
    this.#decision += 1
    this.#state = 'open'
  }

  #decide(prepare: () => Promise<boolean>): void {
    this.#decision += 1
    const decision = this.#decision
    this.#state = 'deciding'
    const settle = (leaves: boolean) => {
      if (decision !== this.#decision) return
      this.#state = leaves ? 'leaving' : 'open'
      if (leaves) this.#parts.leave()
    }
    prepare().then(settle, () => settle(false))
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
    if (choice === 'stop') {
      await this.#parts.stopRuns()
    } else {
      this.#state = 'waiting'
      await this.#parts.whenIdle()
    }
    return true
  }
}
