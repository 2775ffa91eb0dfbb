import type { PreviewQuestion } from '../protocol.ts'

/** Keeps questions that come while the job that answers them is still being loaded. */
export class QuestionInbox {
  readonly #early: PreviewQuestion[] = []
  #listener: ((question: PreviewQuestion) => void) | undefined

  receive(question: PreviewQuestion): void {
    if (this.#listener) this.#listener(question)
    else this.#early.push(question)
  }

  /** Hands over what has come so far, then everything as it comes. */
  listen(listener: (question: PreviewQuestion) => void): void {
    this.#listener = listener
    for (const question of this.#early.splice(0)) listener(question)
  }
}
