import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import type { MemoryReport } from '../../src-core/training/memory/memory-report.ts'
import type { DatasetRepository } from '../workspace/dataset-repository.ts'
import { type MachineMemory, machineMemory } from './machine-memory.ts'

/** Everything that a report follows from. */
export interface MemoryQuestion {
  readonly document: ModelDocument
  /** The one that the document names; undefined when there is none. */
  readonly dataset: DatasetInfo | undefined
  readonly machine: MachineMemory
}

interface Waiting {
  readonly resolve: (report: MemoryReport | null) => void
  readonly reject: (reason: unknown) => void
}

interface Thread {
  readonly worker: Worker
  /** Answers come in the order of the questions. */
  readonly waiting: Waiting[]
}

/** A thread that nobody has asked for so long ends: it holds some ten megabytes. */
const idleMilliseconds = 60_000

const sourceFile = fileURLToPath(new URL('memory-worker.ts', import.meta.url))

/** What a training will need, asked of a thread of its own, so that nobody waits: see memory-worker.ts. */
export class MemoryEstimates {
  readonly #datasets: Pick<DatasetRepository, 'findByName'>
  readonly #entry: string
  #thread: Thread | undefined
  #idle: NodeJS.Timeout | undefined

  /** `entry` is the built file of the thread; the source file when absent. */
  constructor(datasets: Pick<DatasetRepository, 'findByName'>, entry: string = sourceFile) {
    this.#datasets = datasets
    this.#entry = entry
  }

  /** What training a document needs, as MemoryService.report tells it. Rejects when the thread ends before. */
  report(document: ModelDocument): Promise<MemoryReport | null> {
    const name = document.dataset?.name
    const dataset = name === undefined ? undefined : this.#datasets.findByName(name)
    const question: MemoryQuestion = { document, dataset, machine: machineMemory() }
    clearTimeout(this.#idle)
    return new Promise((resolve, reject) => {
      this.#thread ??= this.#start()
      this.#thread.waiting.push({ resolve, reject })
      this.#thread.worker.postMessage(question)
    })
  }

  /** Ends the thread; another one begins with the next question. */
  async close(): Promise<void> {
    clearTimeout(this.#idle)
    const thread = this.#thread
    this.#thread = undefined
    await thread?.worker.terminate()
  }

  #start(): Thread {
    const worker = new Worker(this.#entry)
    worker.unref()
    const thread: Thread = { worker, waiting: [] }
    worker.on('message', (report: MemoryReport | null) => {
      thread.waiting.shift()?.resolve(report)
      if (thread.waiting.length === 0 && this.#thread === thread) this.#endWhenIdle()
    })
    const fail = (reason: unknown) => {
      if (this.#thread === thread) this.#thread = undefined
      for (const { reject } of thread.waiting.splice(0)) reject(reason)
    }
    worker.on('error', fail)
    worker.on('exit', () => fail(new Error('the thread that estimates memory has ended')))
    return thread
  }

  #endWhenIdle(): void {
    this.#idle = setTimeout(() => void this.close(), idleMilliseconds)
    this.#idle.unref()
  }
}
