import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import { EngineProcessError, engineDied } from './engine-process-error.ts'
import type { EngineLauncher, EngineProcess, ProcessExit } from './launcher.ts'
import {
  type EngineAvailability,
  type EngineJob,
  type EngineReply,
  type EvaluateJob,
  engineReplySchema,
  type GenerateTextJob,
  type PredictJob,
  type PreviewQuestion,
  type ProviderName,
  providerNames,
  type ReconstructJob,
  type RunModelJob,
  type SampleJob,
} from './protocol.ts'

export interface SupervisorOptions {
  readonly launch: EngineLauncher
  /** How long a process may take to stop before it is killed, milliseconds. */
  readonly stopTimeout?: number
  /** How long a probe may take: a GPU driver's first start is slow, milliseconds. */
  readonly probeTimeout?: number
}

/** A job under way in a process of its own. */
export interface EngineTask {
  readonly pid: number | undefined
  /** Sends a question to a preview. */
  ask(question: PreviewQuestion): void
  /** Asks the job to end between two steps; kills the process when it does not in time. */
  stop(): void
  /** Ends the process at once. */
  kill(): void
  /** Settles when the process is gone: with the error when it went before its job was done. Never rejects. */
  readonly ended: Promise<EngineProcessError | undefined>
}

const errorOutputLimit = 4000

/** Starts engine processes, listens to them, stops them and outlives their crashes. */
export class EngineSupervisor {
  readonly #launch: EngineLauncher
  readonly #stopTimeout: number
  readonly #probeTimeout: number
  readonly #tasks = new Set<EngineTask>()
  #engines: Promise<readonly EngineAvailability[]> | undefined

  constructor({ launch, stopTimeout = 10_000, probeTimeout = 20_000 }: SupervisorOptions) {
    this.#launch = launch
    this.#stopTimeout = stopTimeout
    this.#probeTimeout = probeTimeout
  }

  /** Starts one job. Replies arrive validated and in order; an exception in `onReply` kills the process. */
  start(job: EngineJob, onReply: (reply: EngineReply) => void): EngineTask {
    const task = new SupervisedTask(this.#launch, job, onReply, this.#stopTimeout)
    this.#tasks.add(task)
    void task.ended.then(() => this.#tasks.delete(task))
    return task
  }

  /** Which engines run on this machine, each tried in a process of its own, once for the life of this object. */
  engines(): Promise<readonly EngineAvailability[]> {
    this.#engines ??= Promise.all(providerNames.map((engine) => this.#probe(engine)))
    return this.#engines
  }

  /** Tries them again when they are asked for next: an engine was installed or removed. */
  forgetEngines(): void {
    this.#engines = undefined
  }

  /** Metrics of a checkpoint on a part of a dataset. */
  async evaluate(job: EvaluateJob): Promise<Result<Extract<EngineReply, { type: 'evaluated' }>>> {
    return this.#ask(job, (reply) => (reply.type === 'evaluated' ? reply : undefined))
  }

  /** A checkpoint's outputs for raw inputs. */
  async predict(job: PredictJob): Promise<Result<Extract<EngineReply, { type: 'predicted' }>>> {
    return this.#ask(job, (reply) => (reply.type === 'predicted' ? reply : undefined))
  }

  /** Pictures that a checkpoint draws. */
  async sample(job: SampleJob): Promise<Result<Extract<EngineReply, { type: 'sampled' }>>> {
    return this.#ask(job, (reply) => (reply.type === 'sampled' ? reply : undefined))
  }

  /** Images of a dataset as a checkpoint reconstructs them. */
  async reconstruct(job: ReconstructJob): Promise<Result<Extract<EngineReply, { type: 'reconstructed' }>>> {
    return this.#ask(job, (reply) => (reply.type === 'reconstructed' ? reply : undefined))
  }

  /** What an exported ONNX file gives for some inputs. */
  async runModel(job: RunModelJob): Promise<Result<Extract<EngineReply, { type: 'predicted' }>>> {
    return this.#ask(job, (reply) => (reply.type === 'predicted' ? reply : undefined))
  }

  /** Tokens that follow a prompt; those that there are when `stop` is aborted. */
  async generateText(
    job: GenerateTextJob,
    stop: AbortSignal,
  ): Promise<Result<Extract<EngineReply, { type: 'textGenerated' }>>> {
    return this.#ask(job, (reply) => (reply.type === 'textGenerated' ? reply : undefined), stop)
  }

  /** Kills whatever still runs and waits until it is gone. */
  async dispose(): Promise<void> {
    const tasks = [...this.#tasks]
    for (const task of tasks) task.kill()
    await Promise.all(tasks.map((task) => task.ended))
  }

  async #probe(engine: ProviderName): Promise<EngineAvailability> {
    let found: EngineAvailability | undefined
    const task = this.start({ type: 'probe', engine }, (reply) => {
      if (reply.type === 'probed') found = reply.availability
    })
    let late = false
    const timer = setTimeout(() => {
      late = true
      task.kill()
    }, this.#probeTimeout)
    const error = await task.ended
    clearTimeout(timer)
    if (found) return found
    const detail = late
      ? `It did not answer within ${this.#probeTimeout / 1000} seconds.`
      : `Trying it ended its process: ${error?.message ?? 'no answer'}.`
    return { engine, available: false, device: '', detail }
  }

  async #ask<T>(
    job: EngineJob,
    pick: (reply: EngineReply) => T | undefined,
    stop?: AbortSignal,
  ): Promise<Result<T>> {
    let answer: Result<T> | undefined
    const task = this.start(job, (reply) => {
      const picked = pick(reply)
      if (picked !== undefined) answer = success(picked)
      if (reply.type === 'refused') answer = failure(...reply.problems)
    })
    const end = () => task.stop()
    stop?.addEventListener('abort', end, { once: true })
    const error = await task.ended
    stop?.removeEventListener('abort', end)
    if (answer) return answer
    return failure(
      error ? engineDied(error) : problem('run.engineFailed', 'The engine ended without an answer.'),
    )
  }
}

class SupervisedTask implements EngineTask {
  readonly ended: Promise<EngineProcessError | undefined>
  readonly #process: EngineProcess
  readonly #onReply: (reply: EngineReply) => void
  readonly #stopTimeout: number
  #stopTimer: NodeJS.Timeout | undefined
  #done = false
  #trouble: string | undefined
  #isFault = false
  #errorOutput = ''

  constructor(
    launch: EngineLauncher,
    job: EngineJob,
    onReply: (reply: EngineReply) => void,
    stopTimeout: number,
  ) {
    this.#onReply = onReply
    this.#stopTimeout = stopTimeout
    const { promise, resolve } = withResolvers<EngineProcessError | undefined>()
    this.ended = promise
    this.#process = launch({
      message: (value) => this.#receive(value),
      errorOutput: (text) => {
        this.#errorOutput = (this.#errorOutput + text).slice(-errorOutputLimit)
      },
      exit: (exit) => resolve(this.#finish(exit)),
    })
    this.#process.send({ type: 'job', job })
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  ask(question: PreviewQuestion): void {
    if (!this.#done) this.#process.send({ type: 'question', question })
  }

  stop(): void {
    if (this.#stopTimer || this.#done) return
    this.#process.send({ type: 'stop' })
    this.#stopTimer = setTimeout(() => {
      this.#trouble = `The engine process did not stop within ${this.#stopTimeout / 1000} seconds and was ended`
      this.#process.kill()
    }, this.#stopTimeout)
  }

  kill(): void {
    this.#process.kill()
  }

  #receive(value: unknown): void {
    if (this.#done || this.#trouble !== undefined) return
    const parsed = engineReplySchema.safeParse(value)
    if (!parsed.success) {
      this.#abandon(`The engine process said something that is not understood: ${parsed.error.message}`)
      return
    }
    const reply = parsed.data
    if (reply.type === 'crashed') {
      this.#trouble = `The engine process failed: ${reply.message}`
      this.#isFault = true
    }
    if (reply.type === 'done') {
      this.#done = true
      this.#process.kill()
      return
    }
    try {
      this.#onReply(reply)
    } catch (error) {
      this.#abandon(`What the engine process said could not be handled: ${String(error)}`)
    }
  }

  #abandon(trouble: string): void {
    this.#trouble = trouble
    this.#isFault = true
    this.#process.kill()
  }

  #finish(exit: ProcessExit): EngineProcessError | undefined {
    clearTimeout(this.#stopTimer)
    if (this.#done) return undefined
    return new EngineProcessError(
      exit,
      this.#trouble ?? 'The engine process ended unexpectedly',
      this.#errorOutput,
      this.#isFault,
    )
  }
}

// Promise.withResolvers needs Node 22; the fallback Electron has Node 20.
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
