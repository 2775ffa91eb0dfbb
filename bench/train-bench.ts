import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type ModelDocument, modelDocumentSchema } from '../src-core/document/model-document.ts'
import type { Application } from '../src-main/services/application.ts'
import { documentOf, planOf } from '../tests/support/models.ts'
import { openBenchApplication } from './bench-application.ts'
import type { Contender, Trial } from './contender.ts'
import { startLayerLoom } from './layerloom.ts'
import { type BenchNet, benchNets } from './nets.ts'
import { startPeer } from './peer-process.ts'
import { median } from './statistics.ts'

export interface TrainBenchOptions {
  readonly rounds: number
  /** Names of nets to run; all when empty. */
  readonly only: readonly string[]
  /** Python with the peers, or undefined to run without them. */
  readonly python: string | undefined
  readonly say: (line: string) => void
}

export interface ContenderResult {
  readonly name: string
  readonly millisecondsPerStep: number
  readonly fastest: number
  readonly slowest: number
  readonly processorMilliseconds: number | null
  readonly peakKilobytes: number | null
  readonly loss: number
  readonly note?: string
}

export interface NetResult {
  readonly title: string
  readonly contenders: readonly ContenderResult[]
}

/** Trains every net by every contender in alternating rounds, each in a process of its own. */
export async function runTrainBench(options: TrainBenchOptions): Promise<NetResult[]> {
  const bench = openBenchApplication()
  const { application, folder } = bench
  try {
    const results: NetResult[] = []
    for (const net of benchNets()) {
      if (options.only.length > 0 && !options.only.includes(net.name)) continue
      results.push(await benchNet(net, application, folder, options))
    }
    return results
  } finally {
    await bench.close()
  }
}

async function benchNet(
  net: BenchNet,
  application: Application,
  folder: string,
  { rounds, python, say }: TrainBenchOptions,
): Promise<NetResult> {
  say(net.title)
  const document = documentFor(net)
  const plan = planOf(document)
  const files = {
    features: path.join(folder, `${net.name}.f32`),
    labels: path.join(folder, `${net.name}.i32`),
  }
  writeFileSync(files.features, net.features)
  writeFileSync(files.labels, net.labels)
  let reason = ''
  const contenders: Contender[] = [
    await startLayerLoom({
      application,
      net,
      document,
      datasetId: await datasetFor(net, application, folder),
      epochsPerRound: 3,
      started: (text) => {
        reason = text
      },
    }),
  ]
  for (const script of python ? ['torch-bench.py', 'keras-bench.py'] : []) {
    contenders.push(await startPeer(python ?? '', script, net, plan, files))
  }
  const trials = new Map<Contender, Trial[]>(contenders.map((contender) => [contender, []]))
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) trials.get(contender)?.push(...(await contender.round()))
  }
  for (const contender of contenders) await contender.close()
  const results = contenders.map((contender, index) =>
    summarise(contender, trials.get(contender) ?? [], index === 0 ? reason : undefined),
  )
  for (const result of results) {
    say(
      `  ${result.name}: ${result.millisecondsPerStep.toFixed(3)} ms/step (${result.fastest.toFixed(3)} … ${result.slowest.toFixed(3)})`,
    )
  }
  say(`  ${reason}`)
  return { title: net.title, contenders: results }
}

/** The figures of a contender over its trials. */
export function summarise(
  { name }: Contender,
  trials: readonly Trial[],
  note: string | undefined,
): ContenderResult {
  const times = trials.map((trial) => trial.millisecondsPerStep)
  const peaks = trials.map((trial) => trial.peakKilobytes ?? 0)
  const busy = trials.flatMap((trial) => trial.processorMilliseconds ?? [])
  return {
    name,
    millisecondsPerStep: median(times),
    fastest: Math.min(...times),
    slowest: Math.max(...times),
    processorMilliseconds: busy.length > 0 ? median(busy) : null,
    peakKilobytes: Math.max(...peaks) || null,
    loss: trials.at(-1)?.loss ?? Number.NaN,
    ...(note && { note }),
  }
}

export function documentFor(net: BenchNet): ModelDocument {
  const document = documentOf(net.title, net.lines)
  // Words are numbers of a vocabulary, which no scaling may touch.
  const normalization = net.lines.some(([, kind]) => /embedding/i.test(kind)) ? 'none' : 'auto'
  const training = { ...document.training, batchSize: net.batchSize, normalization }
  return modelDocumentSchema.parse({ ...document, training })
}

/** The net's data as a dataset of the workspace: the sample for images, an imported table otherwise. */
export async function datasetFor(net: BenchNet, application: Application, folder: string): Promise<number> {
  const source = sourceOf(net, folder)
  const dataset = await application.datasets.resolve(source)
  if (!dataset.ok) throw new Error(dataset.problems[0]?.message)
  return dataset.value.id
}

function sourceOf(net: BenchNet, folder: string): string {
  if (net.sampleShape.length !== 3) return writeTable(net, folder)
  return net.sampleShape[0] === 1 ? 'mnist' : writeImages(net, folder)
}

/** A pair of IDX files. */
function writeImages({ name, features, labels, sampleShape }: BenchNet, folder: string): string {
  const header = (sizes: readonly number[]) => {
    const bytes = Buffer.alloc(4 + 4 * sizes.length)
    bytes.writeUInt16BE(0x0800 + sizes.length, 2)
    for (const [index, size] of sizes.entries()) bytes.writeUInt32BE(size, 4 + 4 * index)
    return bytes
  }
  const images = path.join(folder, `${name}-images-idx4-ubyte`)
  writeFileSync(images, Buffer.concat([header([labels.length, ...sampleShape]), Uint8Array.from(features)]))
  const classes = Buffer.concat([header([labels.length]), Uint8Array.from(labels)])
  writeFileSync(path.join(folder, `${name}-labels-idx1-ubyte`), classes)
  return images
}

function writeTable({ name, features, labels, sampleShape }: BenchNet, folder: string): string {
  const [columns = 1] = sampleShape
  const header = [...Array.from({ length: columns }, (_, column) => `x${column}`), 'label'].join(',')
  const rows = Array.from(labels, (label, row) =>
    [...features.subarray(row * columns, (row + 1) * columns), `c${label}`].join(','),
  )
  const file = path.join(folder, `${name}.csv`)
  writeFileSync(file, [header, ...rows].join('\n'))
  return file
}
