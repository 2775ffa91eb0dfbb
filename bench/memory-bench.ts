import type { ModelDocument } from '../src-core/document/model-document.ts'
import { type Precision, precisions } from '../src-core/training/run-config.ts'
import type { Application } from '../src-main/services/application.ts'
import { openBenchApplication } from './bench-application.ts'
import { type BenchNet, benchNets } from './nets.ts'
import { processMemory } from './process-memory.ts'
import { datasetFor, documentFor } from './train-bench.ts'
import { watchedTraining } from './watched-training.ts'

/** What a training was expected to take, and what it took at most. */
export interface MemoryEstimateResult {
  readonly title: string
  readonly batchSize: number
  readonly precision: Precision
  readonly estimatedBytes: number
  readonly measuredBytes: number
}

/** Resident memory of an engine process early and late in a long run. */
export interface LongRunResult {
  readonly title: string
  readonly early: { readonly step: number; readonly bytes: number }
  readonly late: { readonly step: number; readonly bytes: number }
}

export interface MemoryResult {
  readonly estimates: readonly MemoryEstimateResult[]
  readonly longRuns: readonly LongRunResult[]
}

/** Batch sizes as multiples of the net's own. */
const batchFactors = [1, 4]
/** Nets that are measured in float16 as well. */
const mixedNets = ['lenet', 'cifar', 'transformer']
const longRunNets = ['small', 'lenet']
const [earlyStep, lateStep] = [1000, 10_000]

/** Compares estimates with the peaks of real runs, and watches long runs; undefined where Linux does not tell of processes. */
export async function runMemoryBench(say: (line: string) => void): Promise<MemoryResult | undefined> {
  if (!processMemory(process.pid)) return undefined
  const bench = openBenchApplication()
  const { application, folder } = bench
  try {
    const estimates: MemoryEstimateResult[] = []
    const longRuns: LongRunResult[] = []
    for (const net of benchNets()) {
      const document = await boundDocument(net, application, folder)
      for (const precision of mixedNets.includes(net.name) ? precisions : precisions.slice(0, 1)) {
        for (const factor of batchFactors) {
          const training = withTraining(document, factor * net.batchSize, 2, precision)
          const result = await measureEstimate(net, training, application)
          say(`${net.title}, batch ${result.batchSize}, ${precision}: ${difference(result)}`)
          estimates.push(result)
        }
      }
      if (longRunNets.includes(net.name)) {
        longRuns.push(await measureLongRun(net, withTraining(document, 16, 100_000), application))
      }
    }
    return { estimates, longRuns }
  } finally {
    await bench.close()
  }
}

/** How far the estimate is from what was measured, in percent: `+7 %`. */
export function difference({ estimatedBytes, measuredBytes }: MemoryEstimateResult): string {
  const percent = Math.round(100 * (estimatedBytes / measuredBytes - 1))
  return `${percent > 0 ? '+' : ''}${percent} %`
}

async function boundDocument(
  net: BenchNet,
  application: Application,
  folder: string,
): Promise<ModelDocument> {
  const datasetId = await datasetFor(net, application, folder)
  const dataset = application.datasets.list().find(({ id }) => id === datasetId)
  if (!dataset) throw new Error(`the data of ${net.name} are gone`)
  return { ...documentFor(net), dataset: { name: dataset.name, inputs: {}, targets: {} } }
}

function withTraining(
  document: ModelDocument,
  batchSize: number,
  epochs: number,
  precision: Precision = 'float32',
): ModelDocument {
  return { ...document, training: { ...document.training, batchSize, epochs, engine: 'cpu', precision } }
}

async function measureEstimate(
  net: BenchNet,
  document: ModelDocument,
  application: Application,
): Promise<MemoryEstimateResult> {
  const { batchSize, precision = 'float32' } = document.training
  let measuredBytes = 0
  await watchedTraining(application, document, (_event, pid) => {
    measuredBytes = processMemory(pid)?.peak ?? measuredBytes
    return false
  })
  const estimatedBytes = application.memory.report(document)?.needed ?? Number.NaN
  return { title: net.title, batchSize, precision, estimatedBytes, measuredBytes }
}

async function measureLongRun(
  net: BenchNet,
  document: ModelDocument,
  application: Application,
): Promise<LongRunResult> {
  let early: LongRunResult['early'] | undefined
  let late: LongRunResult['late'] | undefined
  await watchedTraining(application, document, (event, pid) => {
    const bytes = processMemory(pid)?.resident
    if (event.type !== 'step' || bytes === undefined) return false
    if (event.step >= earlyStep) early ??= { step: event.step, bytes }
    if (event.step >= lateStep) late ??= { step: event.step, bytes }
    return late !== undefined
  })
  if (!early || !late) throw new Error(`${net.name} ended before step ${lateStep}`)
  return { title: net.title, early, late }
}
