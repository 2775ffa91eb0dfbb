import type { RunSummary } from '../../src-core/ipc/contract.ts'
import { type Problem, ProblemError, problem } from '../../src-core/problems.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** Failures of runs that could not tell of them, or that the workspace could not take when they happened (it was full, say). */
export class RunFailures {
  readonly #workspace: Pick<Workspace, 'runs' | 'checkpoints'>
  readonly #waiting = new Map<number, Problem>()

  constructor(workspace: Pick<Workspace, 'runs' | 'checkpoints'>) {
    this.#workspace = workspace
  }

  /** Keeps a failure until it can be stored. */
  note(runId: number, reason: Problem): void {
    this.#waiting.set(runId, reason)
  }

  /** Writes down what is kept, as far as that works by now. */
  store(): void {
    for (const [runId, reason] of this.#waiting) {
      try {
        this.#workspace.runs.markEnded(runId, { status: 'failed', problem: reason })
        this.#waiting.delete(runId)
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
      }
    }
  }

  /** A run as it would be shown if everything had been stored. */
  asItIs(run: RunSummary): RunSummary {
    const reason = this.#waiting.get(run.id)
    return reason ? { ...run, status: 'failed', problem: reason } : run
  }

  /** Runs whose app is gone did not end by themselves: they are marked as failed, and can be resumed. */
  recover(): void {
    for (const { id, processId } of this.#workspace.runs.unfinished()) {
      if (processId !== null && processId !== process.pid && isAlive(processId)) continue
      const reason = problem('run.engineDied', 'LayerLoom ended while this run was in progress.', {
        hint: this.#workspace.checkpoints.exists(id)
          ? 'Resume it to go on from its last checkpoint.'
          : 'It had no checkpoint yet; train again.',
      })
      this.note(id, reason)
    }
    this.store()
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
