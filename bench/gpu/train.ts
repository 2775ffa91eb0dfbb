import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Application } from '../../src-main/services/application.ts'
import { planOf } from '../../tests/support/models.ts'
import { openBenchApplication } from '../bench-application.ts'
import type { Contender, Trial } from '../contender.ts'
import { startLayerLoom } from '../layerloom.ts'
import { type BenchNet, benchNets } from '../nets.ts'
import { startPeer } from '../peer-process.ts'
import { type ContenderResult, datasetFor, documentFor, type NetResult, summarise } from '../train-bench.ts'

export interface GpuTrainOptions {
  readonly rounds: number
  /** Names of nets to run; all when empty. */
  readonly only: readonly string[]
  /** Python with PyTorch, or undefined to run without it. */
  readonly python: string | undefined
  readonly say: (line: string) => void
}

/** Trains every net by every contender in alternating rounds; a contender that fails is left out, and said. */
export async function* trainOnGpu(options: GpuTrainOptions): AsyncGenerator<NetResult> {
  const bench = openBenchApplication()
  const { application, folder } = bench
  try {
    for (const net of benchNets()) {
      if (options.only.length > 0 && !options.only.includes(net.name)) continue
      options.say(net.title)
      yield { title: net.title, contenders: await raceOn(net, application, folder, options) }
    }
  } finally {
    await bench.close()
  }
}

async function raceOn(
  net: BenchNet,
  application: Application,
  folder: string,
  { rounds, python, say }: GpuTrainOptions,
): Promise<ContenderResult[]> {
  const contenders = [
    ...(await ourContenders(net, application, folder)),
    ...(python ? await peers(net, folder, python, say) : []),
  ]
  const trials = new Map<Contender, Trial[]>()
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const sofar = trials.get(contender) ?? []
      // One that failed before is not tried again.
      if (round > 0 && sofar.length === 0) continue
      try {
        trials.set(contender, [...sofar, ...(await contender.round())])
      } catch (error) {
        say(`  ${contender.name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  for (const contender of contenders) await contender.close()
  const results = [...trials].map(([contender, times]) => summarise(contender, times, undefined))
  for (const { name, millisecondsPerStep, loss } of results) {
    say(`  ${name}: ${millisecondsPerStep.toFixed(3)} ms/step, loss ${loss.toFixed(5)}`)
  }
  return results
}

async function ourContenders(net: BenchNet, application: Application, folder: string): Promise<Contender[]> {
  const shared = {
    application,
    net,
    document: documentFor(net),
    datasetId: await datasetFor(net, application, folder),
    epochsPerRound: 2,
    started: () => {},
  }
  const manners = [
    ['LayerLoom, WebGPU, float32', 'webgpu', 'float32'],
    ['LayerLoom, WebGPU, float16', 'webgpu', 'mixed16'],
    ['LayerLoom, CPU, float32', 'cpu', 'float32'],
  ] as const
  return Promise.all(
    manners.map(async ([name, engine, precision]) => ({
      ...(await startLayerLoom({ ...shared, engine, precision })),
      name,
    })),
  )
}

async function peers(
  net: BenchNet,
  folder: string,
  python: string,
  say: (line: string) => void,
): Promise<Contender[]> {
  const files = {
    features: path.join(folder, `${net.name}.f32`),
    labels: path.join(folder, `${net.name}.i32`),
  }
  writeFileSync(files.features, net.features)
  writeFileSync(files.labels, net.labels)
  const plan = planOf(documentFor(net))
  const started: Contender[] = []
  for (const precision of ['float32', 'mixed16'] as const) {
    try {
      const peer = await startPeer(python, 'torch-bench.py', net, plan, files, { device: 'cuda', precision })
      const manner = precision === 'float32' ? 'float32' : 'autocast float16'
      started.push({ ...peer, name: `${peer.name}, CUDA, ${manner}` })
    } catch (error) {
      say(`  PyTorch: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return started
}
