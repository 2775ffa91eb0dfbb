import { createCompiler } from '../src-core/compile/compile-model.ts'
import { applyEdit } from '../src-core/document/edits.ts'
import type { ModelDocument } from '../src-core/document/model-document.ts'
import { buildTrainStep } from '../src-core/training/build-train-step.ts'
import { resolveLosses } from '../src-core/training/losses/resolve-loss.ts'
import { OnnxEngine } from '../src-main/engine/process/onnx/onnx-engine.ts'
import { documentOf, type LayerLine, planOf } from '../tests/support/models.ts'
import { benchNets } from './nets.ts'
import { median } from './statistics.ts'

export interface Timing {
  readonly what: string
  readonly milliseconds: number
  readonly limit?: number
}

/** Convolutions, normalisations and activations in a row, closed by a class head: `count` layers. */
export function longDocument(count: number): ModelDocument {
  const block = (index: number): LayerLine[] => [
    [`conv${index}`, 'conv2d', { filters: 16, kernelSize: [3, 3], padding: 'same' }],
    [`norm${index}`, 'batchNormalization'],
    [`relu${index}`, 'activation', { activation: 'relu' }],
  ]
  const body = Array.from({ length: Math.ceil(count / 3) }, (_, index) => block(index)).flat()
  return documentOf('long', [
    ['input', 'input', { shape: [3, 32, 32] }],
    ...body.slice(0, count - 4),
    ['pool', 'globalAveragePooling2d'],
    ['head', 'dense', { units: 10, activation: 'softmax' }],
    ['output', 'output'],
  ])
}

function timed(work: () => void): number {
  const started = performance.now()
  work()
  return performance.now() - started
}

/** How long drawings take to become models: what people wait for between an edit and its answer. */
export async function runCompileBench(): Promise<Timing[]> {
  const document = longDocument(500)
  if (document.layers.length !== 500) throw new Error('the document does not have 500 layers')
  const whole = repeat(20, () => {
    const compiler = createCompiler()
    return timed(() => void compiler.compile(document))
  })
  const compiler = createCompiler()
  compiler.compile(document)
  let current = document
  const edits = repeat(40, (round) => {
    const layerId = `conv${10 + 3 * (round % 40)}`
    const filters = round % 2 === 0 ? 17 : 16
    return timed(() => {
      current = applyEdit(current, { type: 'setParameters', layerId, parameters: { filters } }).document
      compiler.compile(current)
    })
  })
  return [
    { what: 'Validate and infer a 500-layer document', milliseconds: median(whole), limit: 50 },
    { what: 'Infer it again after one edit', milliseconds: median(edits), limit: 5 },
    ...(await graphTimings()),
  ]
}

async function graphTimings(): Promise<Timing[]> {
  const timings: Timing[] = []
  for (const net of benchNets()) {
    const plan = planOf(documentOf(net.title, net.lines))
    const classes = plan.layers.at(-1)?.outputShape[0] ?? 1
    const losses = resolveLosses(plan, new Map([['output', { kind: 'category', classes, name: 'label' }]]))
    if (!losses.ok) throw new Error(losses.problems[0]?.message)
    const build = (stepsPerRun: number) =>
      buildTrainStep({
        plan,
        losses: losses.value,
        optimizer: {
          kind: 'adam',
          learningRate: 0.001,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-7,
        },
        normalization: new Map(),
        batchSize: net.batchSize,
        stepsPerRun,
      })
    const [short = net.title] = net.title.split(' (')
    const built = repeat(10, () => timed(() => void build(1)))
    timings.push({ what: `${short}: build the training graph`, milliseconds: median(built) })
    const engine = new OnnxEngine({ provider: 'cpu', device: 'cpu', threads: 1 })
    for (const steps of [1, 8]) {
      const { graph } = build(steps)
      const created: number[] = []
      for (let round = 0; round < 5; round++) {
        const started = performance.now()
        const session = await engine.createSession(graph)
        created.push(performance.now() - started)
        await session.dispose()
      }
      const chained = steps === 1 ? '' : `, ${steps} steps chained`
      timings.push({ what: `${short}: create its session${chained}`, milliseconds: median(created) })
    }
  }
  return timings
}

function repeat(rounds: number, work: (round: number) => number): number[] {
  return Array.from({ length: rounds }, (_, round) => work(round))
}
