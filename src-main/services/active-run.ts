import { type Problem, ProblemError, problem } from '../../src-core/problems.ts'
import type { RunEvent } from '../../src-core/training/run-event.ts'
import { type EngineProcessError, engineDied, mayBeMemory } from '../engine/engine-process-error.ts'
import type { EngineReply, TrainJob } from '../engine/protocol.ts'
import type { EngineSupervisor, EngineTask } from '../engine/supervisor.ts'
import { memoryKills } from './machine-memory.ts'
import { RunRecorder, type RunStore } from './run-recorder.ts'

export interface ActiveRunParts {
  readonly runId: number
  readonly store: RunStore
  readonly engines: EngineSupervisor
  /** The job but for what is measured first. */
  readonly job: Omit<TrainJob, 'engines'>
  readonly tell: (event: RunEvent) => void
  /** Adds to a failure for want of memory what would fit. */
  readonly advise: (problem: Problem) => Problem
  /** The run has failed, and its row still says that it runs. */
  readonly endNotStored: (problem: Problem) => void
}

/** A run from its start to its end, whichever way it ends. Its row in the workspace always gets an end. */
export class ActiveRun {
  readonly runId: number
  /** Settles when the run has ended and is stored. Never rejects. */
  readonly ended: Promise<void>
  readonly #parts: ActiveRunParts
  readonly #recorder: RunRecorder
  #task: EngineTask | undefined
  #stopping = false
  #over = false
  #epoch = 0
  #step = 0
  #samplesPerSecond = 0
  readonly #startedAt = performance.now()
  readonly #killsBefore = memoryKills()

  constructor(parts: ActiveRunParts) {
    this.#parts = parts
    this.runId = parts.runId
    this.#recorder = new RunRecorder(parts.store, parts.runId)
    this.ended = this.#run().catch((error: unknown) => this.#fail(unexpected(error)))
  }

  /** Asks the engine to end between two steps and to leave a checkpoint. */
  stop(): void {
    this.#stopping = true
    this.#task?.stop()
  }

  async #run(): Promise<void> {
    const { engines: supervisor, job } = this.#parts
    // Trying a GPU takes a moment, and the CPU needs no trying.
    const engines = job.settings.engine === 'cpu' ? [] : await supervisor.engines()
    if (this.#stopping) return this.#receive(this.#stopped())
    this.#task = supervisor.start({ ...job, engines }, (reply) => this.#answer(reply))
    const error = await this.#task.ended
    if (this.#over) return
    if (error?.errorOutput) this.#note('error', error.errorOutput)
    if (error && this.#stopping) {
      this.#note('warning', `${error.message}. What was trained after the last checkpoint is lost.`)
      return this.#receive(this.#stopped())
    }
    this.#fail(
      error
        ? this.#engineDied(error)
        : problem('run.engineFailed', 'The engine ended without finishing the run.'),
      error,
    )
  }

  #engineDied(error: EngineProcessError): Problem {
    const kills = memoryKills()
    const memoryRanOut = kills !== undefined && this.#killsBefore !== undefined && kills > this.#killsBefore
    return engineDied(error, memoryRanOut)
  }

  /** The end of a run whose engine cannot tell of it. */
  #stopped(): RunEvent {
    return {
      type: 'finished',
      status: 'stopped',
      epoch: this.#epoch,
      step: this.#step,
      test: null,
      seconds: (performance.now() - this.#startedAt) / 1000,
      samplesPerSecond: this.#samplesPerSecond,
    }
  }

  #answer(reply: EngineReply): void {
    if (this.#over) return
    if (reply.type === 'event') this.#hear(reply.event)
    if (reply.type === 'refused') {
      const [first] = reply.problems
      this.#fail(first ?? problem('run.engineFailed', 'The engine refused the run without a reason.'))
    }
  }

  #hear(event: RunEvent): void {
    if (event.type !== 'failed') {
      this.#receive(event)
      return
    }
    this.#epoch = event.epoch
    this.#step = event.step
    this.#fail(event.problem)
  }

  #receive(event: RunEvent): void {
    try {
      this.#recorder.record(event)
    } catch (error) {
      this.#task?.kill()
      this.#fail(error instanceof ProblemError ? notStored(error.problem) : unexpected(error))
      return
    }
    if (event.type === 'step' || event.type === 'epoch') {
      this.#epoch = event.epoch
      this.#step = event.step
      this.#samplesPerSecond = event.samplesPerSecond
    }
    if (event.type === 'finished' || event.type === 'failed') this.#over = true
    this.#tell(event)
  }

  /** `death`: how the engine's process ended, where it did before its job was done. */
  #fail(failure: Problem, death?: EngineProcessError): void {
    if (this.#over) return
    this.#over = true
    const isMemory = failure.code === 'run.outOfMemory'
    const reason = isMemory || (death && mayBeMemory(death)) ? this.#parts.advise(failure) : failure
    const isOutside = isMemory || failure.code === 'run.deviceLost' || (death && !death.isFault)
    const type = isOutside && this.#hasCheckpoint() ? 'paused' : 'failed'
    const event: RunEvent = { type, problem: reason, epoch: this.#epoch, step: this.#step }
    try {
      this.#recorder.record(event)
    } catch {
      // The workspace cannot take even this.
      this.#parts.endNotStored(reason)
    }
    this.#tell(event)
  }

  #hasCheckpoint(): boolean {
    try {
      return this.#parts.store.checkpoints.exists(this.runId)
    } catch (error) {
      if (error instanceof ProblemError) return false
      throw error
    }
  }

  #note(level: 'warning' | 'error', message: string): void {
    try {
      this.#recorder.record({ type: 'log', level, message })
    } catch (error) {
      console.error(`a log line of run ${this.runId} could not be stored:`, error)
    }
  }

  #tell(event: RunEvent): void {
    for (const told of toldEvents(event)) this.#parts.tell(told)
  }
}

/** What windows hear of an event. Weights are large and nobody who listens needs them. */
function toldEvents(event: RunEvent): readonly RunEvent[] {
  if (event.type === 'checkpoint') {
    const { bytes: _, ...rest } = event
    return [rest]
  }
  if (event.type !== 'epoch' || !event.checkpoint) return [event]
  const { checkpoint, ...epoch } = event
  return [epoch, { type: 'checkpoint', epoch: epoch.epoch, step: epoch.step, best: checkpoint.best }]
}

function notStored(reason: Problem): Problem {
  return {
    ...reason,
    message: `Training was ended because its results could not be stored: ${reason.message}`,
    hint: `${reason.hint ?? 'Make room for the workspace file.'} Then resume the run from its last checkpoint.`,
  }
}

function unexpected(error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error)
  return problem('internal.bug', `The run ended because of a fault in LayerLoom: ${detail}`)
}
