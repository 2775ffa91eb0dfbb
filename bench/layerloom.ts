import { readFileSync } from 'node:fs'
import type { ModelDocument } from '../src-core/document/model-document.ts'
import type { Precision } from '../src-core/training/run-config.ts'
import type { RunEvent } from '../src-core/training/run-event.ts'
import type { TrainJob } from '../src-main/engine/protocol.ts'
import type { Application } from '../src-main/services/application.ts'
import type { Contender, Trial } from './contender.ts'
import type { BenchNet } from './nets.ts'

export interface LayerLoomOptions {
  readonly application: Application
  readonly net: BenchNet
  readonly document: ModelDocument
  readonly datasetId: number
  /** Epochs counted per round; one more is taken first to warm up. */
  readonly epochsPerRound: number
  /** Told which engine the job chose, and why. */
  readonly started: (reason: string) => void
  /** The CPU in float32 where nothing else is said. */
  readonly engine?: TrainJob['settings']['engine']
  readonly precision?: Precision
}

/** Our side, on the path that users take: a train job in an engine process of its own, per round. */
export async function startLayerLoom(options: LayerLoomOptions): Promise<Contender> {
  const { application, net, document, datasetId } = options
  const engines = await application.engines.engines()
  const settings = {
    ...document.training,
    epochs: options.epochsPerRound + 1,
    batchSize: net.batchSize,
    split: { train: 1, validation: 0, test: 0, stratify: false },
    engine: options.engine ?? ('cpu' as const),
    precision: options.precision ?? ('float32' as const),
  }
  const job: TrainJob = {
    type: 'train',
    document,
    settings,
    dataset: {
      workspaceFile: application.workspaceFile,
      datasetId,
      binding: { name: net.name, inputs: {}, targets: {} },
    },
    engines,
    documentHash: 'bench',
  }
  return {
    name: 'LayerLoom',
    round: () => trainOnce(application, job, net.batchSize, options.started),
    close: async () => {},
  }
}

async function trainOnce(
  application: Application,
  job: TrainJob,
  batchSize: number,
  started: (reason: string) => void,
): Promise<Trial[]> {
  const trials: Trial[] = []
  const failures: string[] = []
  const task = application.engines.start(job, (reply) => {
    if (reply.type === 'refused') failures.push(...reply.problems.map(({ message }) => message))
    if (reply.type === 'event') hear(reply.event)
  })
  let lastStep = 0
  const hear = (event: RunEvent) => {
    if (event.type === 'started') started(event.reason)
    if (event.type === 'failed') failures.push(event.problem.message)
    if (event.type !== 'epoch') return
    const steps = event.step - lastStep
    lastStep = event.step
    if (event.epoch === 1) return
    trials.push({
      millisecondsPerStep: (1000 * batchSize) / event.samplesPerSecond,
      processorMilliseconds:
        event.processorSeconds === undefined ? null : (1000 * event.processorSeconds) / steps,
      loss: event.train.loss ?? Number.NaN,
      peakKilobytes: peakKilobytes(task.pid),
    })
  }
  const error = await task.ended
  if (error) throw error
  if (failures.length > 0) throw new Error(failures.join(' '))
  return trials
}

/** The most memory a process has held, from Linux; null elsewhere. */
function peakKilobytes(pid: number | undefined): number | null {
  try {
    const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found ? Number(found[1]) : null
  } catch {
    return null
  }
}
