import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js'

/** Makes an ELK; `fail` is told when its worker breaks down, which ELK itself does not notice. */
export type MakeElk = (fail: (reason: Error) => void) => ELK

interface Running {
  readonly cancel: () => void
  readonly fail: (reason: Error) => void
}

/** Lays out one graph at a time, in a worker that is kept for the next one and ended with what is cancelled. */
export class LayoutRunner {
  readonly #make: MakeElk
  #elk: ELK | undefined
  #running: Running | undefined

  constructor(make: MakeElk) {
    this.#make = make
  }

  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /**
   * The graph with its coordinates; undefined when it was cancelled, also by asking for another one meanwhile.
   * @throws when the worker cannot be started or breaks down
   */
  async run(graph: ElkNode): Promise<ElkNode | undefined> {
    this.cancel()
    const { promise, resolve, reject } = Promise.withResolvers<undefined>()
    const running: Running = { cancel: () => resolve(undefined), fail: reject }
    this.#running = running
    try {
      this.#elk ??= this.#make((reason) => this.#running?.fail(reason))
      return await Promise.race([this.#elk.layout(graph), promise])
    } catch (error) {
      this.#endWorker()
      throw error
    } finally {
      if (this.#running === running) this.#running = undefined
    }
  }

  /** Ends what is being laid out; nothing when nothing is. */
  cancel(): void {
    if (!this.#running) return
    this.#endWorker()
    this.#running.cancel()
    this.#running = undefined
  }

  #endWorker(): void {
    this.#elk?.terminateWorker()
    this.#elk = undefined
  }
}
