import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TensorGraph } from '../../src-core/tensor-graph/types.ts'
import type { WorkerRequest } from './gpu-worker.ts'
import type { StepOutput, StepsJob } from './run-steps.ts'
import { softwareGpu } from './software-gpu.ts'

const worker = fileURLToPath(new URL('gpu-worker.ts', import.meta.url))

interface Answer {
  readonly results?: Record<string, StepOutput>[]
  readonly isOnGpu?: boolean
  readonly error?: string
}

/**
 * Runs graphs on WebGPU in a process of its own: the driver is chosen by its environment, and a driver that crashes takes
 * only that process along. One graph at a time.
 */
export class GpuProcess {
  readonly #driver: Readonly<Record<string, string>>
  #child: ChildProcess | undefined

  /** `driver` chooses another driver than SwiftShader: `{}` the GPU of the machine. */
  constructor(driver: Readonly<Record<string, string>> = softwareGpu() ?? {}) {
    this.#driver = driver
  }

  /** Rejects with the provider's message where it refuses the graph, or with how the process ended. */
  async run(job: StepsJob): Promise<Record<string, StepOutput>[]> {
    const { results } = await this.#ask({ type: 'run', job })
    if (!results) throw new Error('the process sent no results')
    return results
  }

  /** Whether the whole graph runs on the GPU, or some of it on the processor. */
  async isOnGpu(graph: TensorGraph): Promise<boolean> {
    const { isOnGpu } = await this.#ask({ type: 'locate', graph })
    if (isOnGpu === undefined) throw new Error('the process did not say where the graph runs')
    return isOnGpu
  }

  stop(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }

  #ask(request: WorkerRequest): Promise<Answer> {
    const child = this.#started()
    return new Promise((resolve, reject) => {
      const onMessage = (answer: Answer) => {
        finish()
        if (answer.error === undefined) resolve(answer)
        else reject(new Error(answer.error))
      }
      const onClose = (code: number | null, signal: string | null) => {
        finish()
        this.#child = undefined
        reject(new Error(`the process ended with ${signal ?? code}`))
      }
      const finish = () => {
        child.off('message', onMessage)
        child.off('close', onClose)
      }
      child.on('message', onMessage)
      child.on('close', onClose)
      child.send(request)
    })
  }

  #started(): ChildProcess {
    this.#child ??= fork(worker, [], {
      serialization: 'advanced',
      // What the provider says is told by the error it throws, too.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, ...this.#driver },
      execArgv: [],
    })
    return this.#child
  }
}
