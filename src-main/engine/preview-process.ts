import { failure, type Problem, problem, type Result, success } from '../../src-core/problems.ts'
import type { EngineReply, PreviewModel, PreviewQuestion } from './protocol.ts'
import type { EngineSupervisor, EngineTask } from './supervisor.ts'

export type PreviewAnswer = Pick<Extract<EngineReply, { type: 'previewed' }>, 'views' | 'thumbnails'>

/** A model and what tells it from others: questions with the same key are asked of the model that is ready. */
export interface KeyedModel {
  readonly key: string
  /** Called where the process does not have it yet. */
  make(): PreviewModel
}

interface Pending {
  readonly number: number
  settle(answer: Result<PreviewAnswer | null>): void
}

/**
 * An engine process that stays ready between previews, so that the next question is answered quickly, and ends when
 * nobody has asked for a while.
 */
export class PreviewProcess {
  readonly #engines: EngineSupervisor
  readonly #idleMilliseconds: number
  #task: EngineTask | undefined
  #key: string | undefined
  #asked = 0
  #pending: Pending | undefined
  #idleTimer: NodeJS.Timeout | undefined

  constructor(engines: EngineSupervisor, idleMilliseconds = 60_000) {
    this.#engines = engines
    this.#idleMilliseconds = idleMilliseconds
  }

  /** Of the process that is ready, if one is. */
  get pid(): number | undefined {
    return this.#task?.pid
  }

  /**
   * Asks a question; one that has no answer yet is replaced by it, and answered with null. Problems: those
   * of the engine process, `run.engineDied`.
   */
  async ask(
    model: KeyedModel,
    question: Omit<PreviewQuestion, 'number' | 'model'>,
  ): Promise<Result<PreviewAnswer | null>> {
    this.#settle(success(null))
    const task = this.#task ?? this.#launch()
    const made = model.key === this.#key ? undefined : model.make()
    this.#key = model.key
    this.#asked += 1
    const number = this.#asked
    clearTimeout(this.#idleTimer)
    return new Promise((settle) => {
      this.#pending = { number, settle }
      task.ask({ number, ...(made && { model: made }), ...question })
    })
  }

  /** Answers the question under way with null and ends the process. */
  cancel(): void {
    const task = this.#task
    this.#forget()
    this.#settle(success(null))
    task?.stop()
  }

  #launch(): EngineTask {
    const task = this.#engines.start({ type: 'preview' }, (reply) => this.#receive(task, reply))
    this.#task = task
    this.#key = undefined
    void task.ended.then((error) => {
      if (this.#task !== task) return
      this.#forget()
      this.#settle(failure(ended(error?.message)))
    })
    return task
  }

  #receive(task: EngineTask, reply: EngineReply): void {
    if (task !== this.#task) return
    const isAnswer = reply.type === 'previewed' || reply.type === 'previewRefused'
    if (!isAnswer || reply.number !== this.#pending?.number) return
    if (reply.type === 'previewRefused') this.#settle(failure(...reply.problems))
    else this.#settle(success({ views: reply.views, thumbnails: reply.thumbnails }))
    this.#waitForNobody()
  }

  #settle(answer: Result<PreviewAnswer | null>): void {
    const pending = this.#pending
    this.#pending = undefined
    pending?.settle(answer)
  }

  #waitForNobody(): void {
    clearTimeout(this.#idleTimer)
    this.#idleTimer = setTimeout(() => this.cancel(), this.#idleMilliseconds)
    // A command that is done need not wait for it.
    this.#idleTimer.unref()
  }

  #forget(): void {
    clearTimeout(this.#idleTimer)
    this.#task = undefined
    this.#key = undefined
  }
}

function ended(message = 'The engine ended without an answer'): Problem {
  return problem('run.engineDied', `${message}.`, {
    hint: 'Look again. If memory ran out, end other programs first.',
  })
}
