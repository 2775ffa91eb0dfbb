import { assertNever } from '../../src-core/assert-never.ts'
import type { RunEvent } from '../../src-core/training/run-event.ts'
import type { Workspace } from '../workspace/workspace.ts'

export type RunStore = Pick<Workspace, 'runs' | 'runMetrics' | 'checkpoints' | 'logs' | 'transaction'>

/** Fewer, larger writes: losses wait until there are this many, or this long, or something else is stored. */
const lossesPerWrite = 500
const millisecondsPerWrite = 1000

/** Puts one run's events into the workspace, step losses in batches. */
export class RunRecorder {
  readonly #store: RunStore
  readonly #runId: number
  #losses: number[] = []
  #lastStep = 0
  #writtenAt = performance.now()

  constructor(store: RunStore, runId: number) {
    this.#store = store
    this.#runId = runId
  }

  /**
   * Stores what an event tells, in one transaction.
   * @throws ProblemError when the workspace cannot take it (full, locked); what was stored before stays
   */
  record(event: RunEvent): void {
    if (event.type === 'step') {
      this.#losses.push(...event.losses)
      this.#lastStep = event.step
      const isDue = performance.now() - this.#writtenAt > millisecondsPerWrite
      if (isDue || this.#losses.length >= lossesPerWrite) this.flush()
      return
    }
    this.#store.transaction(() => {
      this.#writeLosses()
      this.#write(event)
    })
    this.#written()
  }

  /** Stores the losses that wait. */
  flush(): void {
    this.#store.transaction(() => this.#writeLosses())
    this.#written()
  }

  #written(): void {
    this.#losses = []
    this.#writtenAt = performance.now()
  }

  #writeLosses(): void {
    this.#store.runMetrics.addSteps(this.#runId, this.#lastStep, this.#losses)
  }

  #write(event: Exclude<RunEvent, { type: 'step' }>): void {
    const { runs, runMetrics, checkpoints, logs } = this.#store
    switch (event.type) {
      case 'started':
        runs.markStarted(this.#runId, event)
        break
      case 'epoch':
        runMetrics.addEpoch(this.#runId, event)
        if (event.checkpoint) checkpoints.save(this.#runId, { ...event, ...event.checkpoint })
        break
      case 'checkpoint':
        if (event.bytes) checkpoints.save(this.#runId, { ...event, bytes: event.bytes })
        break
      case 'log':
        logs.add(this.#runId, event.level, event.message)
        break
      case 'finished':
        runs.markEnded(this.#runId, event)
        break
      case 'failed':
        runs.markEnded(this.#runId, { status: 'failed', problem: event.problem })
        break
      case 'paused':
        runs.markEnded(this.#runId, { status: 'paused', problem: event.problem })
        break
      default:
        assertNever(event, 'event')
    }
  }
}
