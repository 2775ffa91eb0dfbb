import { describe, expect, it } from 'vitest'
import type { TensorData } from '../../../src-core/tensor-graph/types.ts'
import {
  buildForwardStep,
  buildInferenceGraph,
  type ForwardStepOptions,
} from '../../../src-core/training/build-forward-step.ts'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import { resolveLosses } from '../../../src-core/training/losses/resolve-loss.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import { optimizerSchema } from '../../../src-core/training/run-config.ts'
import type { ForwardStep } from '../../../src-core/training/train-step.ts'
import { documentOf, type LayerLine, leNet, planOf, smallResNet } from '../../support/models.ts'
import { openOnnx, runOnnx } from '../../support/run-onnx.ts'
import { type Batch, train } from '../../support/train-loop.ts'

const batchSize = 4
const normalization = new Map([['input', { offset: 0.5, scale: 4 }]])

function modelOf(lines: readonly LayerLine[]) {
  const plan = planOf(documentOf('model', lines))
  const classes = plan.layers.at(-1)?.outputShape[0] ?? 1
  const losses = resolveLosses(plan, new Map([['output', { kind: 'category', classes, name: 'label' }]]))
  if (!losses.ok) throw new Error(losses.problems[0]?.message)
  const size = plan.layers[0]?.outputShape.reduce((product, axis) => product * axis, 1) ?? 1
  const features = new Float32Array(batchSize * size)
  fillUniform(features, 2, 'features', 0)
  const batch: Batch = { features: { input: features }, targets: { output: Int32Array.of(0, 1, 2, 3) } }
  return { plan, losses: losses.value, batch, size, classes, weights: initializeWeights(plan, 9) }
}

type Model = ReturnType<typeof modelOf>

async function evaluate(model: Model, step: ForwardStep, weights = model.weights) {
  const feeds: Record<string, TensorData> = {}
  for (const [id, port] of step.features) feeds[port.input] = model.batch.features[id] ?? new Float32Array()
  for (const [id, port] of step.targets) feeds[port.input] = model.batch.targets[id] ?? new Int32Array()
  for (const [name, port] of step.weights) feeds[port.input] = weights.get(name)?.data ?? new Float32Array()
  if (step.sampleWeight) feeds[step.sampleWeight.input] = new Float32Array(batchSize).fill(1)
  return runOnnx(step.graph, feeds)
}

function forward(model: Model, changes: Partial<ForwardStepOptions> = {}): ForwardStep {
  return buildForwardStep({ plan: model.plan, normalization, batchSize, losses: model.losses, ...changes })
}

describe('a forward graph', () => {
  it('scores a batch as the training graph does before its update', async () => {
    const model = modelOf(leNet())
    const trainStep = buildTrainStep({
      ...model,
      normalization,
      batchSize,
      stepsPerRun: 1,
      optimizer: optimizerSchema.parse({ kind: 'adam' }),
    })
    const training = await train(trainStep, model.weights, [model.batch], { learningRate: 0.001 })
    const step = forward(model)
    const results = await evaluate(model, step)
    const sums = Array.from(results[step.sums ?? '']?.data ?? [], Number)
    expect(step.sumNames).toEqual(trainStep.sumNames)
    expect(sums[0]).toBe(batchSize)
    expect((sums[1] ?? 0) / batchSize).toBeCloseTo(training.means[0]?.loss ?? Number.NaN, 5)
    expect((sums[2] ?? 0) / batchSize).toBe(training.means[0]?.accuracy)
  })

  it('is the same with dropout as without', async () => {
    const [plain, dropping] = [modelOf(leNet()), modelOf(leNet(0.5))]
    const [ours, theirs] = [
      await evaluate(plain, forward(plain)),
      await evaluate(dropping, forward(dropping)),
    ]
    expect(theirs).toEqual(ours)
  })

  it('normalises batches by the moving statistics, not by the batch', async () => {
    const model = modelOf(smallResNet())
    const step = forward(model)
    const first = await evaluate(model, step)
    const alone = { ...model, batch: { ...model.batch, features: { input: oneRowFourTimes(model) } } }
    const second = await evaluate(alone, step)
    const name = step.predictions.get('output') ?? ''
    const row = (data: TensorData | undefined) => Array.from(data ?? [], Number).slice(0, model.classes)
    expect(row(first[name]?.data)).toHaveLength(10)
    for (const [i, value] of row(first[name]?.data).entries()) {
      expect(row(second[name]?.data)[i]).toBeCloseTo(value, 6)
    }
  })

  it('only predicts when no losses are given', () => {
    const { plan } = modelOf(leNet())
    const step = buildForwardStep({ plan, normalization, batchSize })
    expect(step.targets.size).toBe(0)
    expect(step.sampleWeight).toBeUndefined()
    expect(step.graph.outputs.map(({ name }) => name)).toEqual(['prediction/output'])
  })
})

function oneRowFourTimes({ batch, size }: Model): Float32Array {
  const row = (batch.features.input ?? new Float32Array()).slice(0, size)
  return Float32Array.of(...row, ...row, ...row, ...row)
}

describe('an inference graph', () => {
  it.each([
    ['LeNet', leNet()],
    ['ResNet', smallResNet()],
  ] as const)(
    'of %s takes raw values in batches of any size and gives the app’s own predictions',
    async (name, lines) => {
      const model = modelOf(lines)
      const step = forward(model)
      const expected = (await evaluate(model, step))[step.predictions.get('output') ?? '']
      const graph = buildInferenceGraph(model.plan, model.weights, normalization)
      expect(graph.inputs.map((input) => input.name)).toEqual(['input'])
      expect(graph.outputs.map((output) => output.name)).toEqual(['output'])
      const session = await openOnnx(graph, {}, { dynamicBatch: true })
      const inputShape = model.plan.layers[0]?.outputShape ?? []
      const found = await session.run(
        { input: model.batch.features.input ?? new Float32Array() },
        { input: [batchSize, ...inputShape] },
      )
      await session.release()
      expect(found.output?.shape).toEqual([batchSize, model.classes])
      const predicted = Array.from(found.output?.data ?? [], Number)
      const differences = Array.from(expected?.data ?? [], Number).map((value, i) =>
        Math.abs(value - (predicted[i] ?? Number.NaN)),
      )
      const largest = Math.max(...differences)
      console.log(`${name}: largest difference of the exported model ${largest.toExponential(1)}`)
      expect(differences).toHaveLength(batchSize * model.classes)
      expect(largest).toBeLessThan(1e-5)
    },
  )

  it('refuses to leave a weight out', () => {
    const { plan } = modelOf(leNet())
    expect(() => buildInferenceGraph(plan, new Map(), new Map())).toThrow(
      'the weight conv0.kernel is missing',
    )
  })
})
