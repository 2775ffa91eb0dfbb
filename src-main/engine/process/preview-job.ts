import { type Problem, ProblemError } from '../../../src-core/problems.ts'
import { outsideProblem } from '../outside-problems.ts'
import type { PreviewJob, PreviewModel, PreviewQuestion } from '../protocol.ts'
import type { JobContext } from './job-context.ts'
import { PreviewedModel } from './previewed-model.ts'

/**
 * Answers questions about what flows through a model until it is stopped. A question that comes while another one is
 * being answered replaces it: the older one gets no answer.
 */
export async function preview(_job: PreviewJob, context: JobContext): Promise<void> {
  const desk = new PreviewDesk(context)
  context.onQuestion((question) => desk.take(question))
  await new Promise<void>((resolve) => {
    if (context.stop.aborted) resolve()
    else context.stop.addEventListener('abort', () => resolve(), { once: true })
  })
  desk.close()
}

/** One question at a time; the next one waits here, and whoever comes after it takes its place. */
class PreviewDesk {
  readonly #context: JobContext
  #next: PreviewQuestion | undefined
  #given: PreviewModel | undefined
  #prepared: { readonly from: PreviewModel; readonly model: PreviewedModel } | undefined
  /** Aborted when another model is asked about, which ends the preparation of this one. */
  #replaced = new AbortController()
  #busy = false

  constructor(context: JobContext) {
    this.#context = context
  }

  take(question: PreviewQuestion): void {
    this.#next = question
    if (question.model) {
      this.#given = question.model
      this.#replaced.abort()
      this.#replaced = new AbortController()
    }
    if (!this.#busy) void this.#work()
  }

  close(): void {
    this.#next = undefined
    this.#replaced.abort()
  }

  async #work(): Promise<void> {
    this.#busy = true
    while (this.#next) {
      const question = this.#next
      this.#next = undefined
      try {
        await this.#answer(question)
      } catch (error) {
        const known =
          error instanceof ProblemError ? error.problem : outsideProblem(error, 'during the preview')
        // What nobody expected ends the process, which tells main so.
        if (!known) throw error
        this.#refuse(question, [known])
      }
    }
    this.#busy = false
  }

  async #answer(question: PreviewQuestion): Promise<void> {
    const model = await this.#model(question)
    const isOvertaken = () => this.#next !== undefined || this.#context.stop.aborted
    if (!model || isOvertaken()) return
    const answer = await model.answer(question, isOvertaken)
    if (!answer || isOvertaken()) return
    if (answer.ok) this.#context.reply({ type: 'previewed', number: question.number, ...answer.value })
    else this.#refuse(question, answer.problems)
  }

  /** The model that the newest question is about, ready to be run; undefined where there is none, and that was said. */
  async #model(question: PreviewQuestion): Promise<PreviewedModel | undefined> {
    const from = this.#given
    if (!from) throw new Error('a question came before its model')
    if (this.#prepared?.from === from) return this.#prepared.model
    await this.#prepared?.model.dispose()
    this.#prepared = undefined
    const made = await PreviewedModel.create(from, this.#replaced.signal)
    if (made === undefined) return undefined
    if (!made.ok) {
      this.#refuse(question, made.problems)
      return undefined
    }
    this.#prepared = { from, model: made.value }
    return made.value
  }

  #refuse({ number }: PreviewQuestion, problems: readonly Problem[]): void {
    this.#context.reply({ type: 'previewRefused', number, problems: [...problems] })
  }
}
