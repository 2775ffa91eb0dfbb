import { expect, it } from 'vitest'
import type { ModelPlan } from '../../../../src-core/compile/model-plan.ts'
import { elementCount, type TensorData } from '../../../../src-core/tensor-graph/types.ts'
import { buildForwardStep } from '../../../../src-core/training/build-forward-step.ts'
import { buildTrainStep } from '../../../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../../../src-core/training/initializers.ts'
import { readMetrics } from '../../../../src-core/training/metrics/read-metrics.ts'
import { fillUniform } from '../../../../src-core/training/random.ts'
import { optimizerSchema } from '../../../../src-core/training/run-config.ts'
import { smallGan, withRecipe } from '../../../support/gan.ts'
import { type LayerLine, planOf } from '../../../support/models.ts'
import { runOnnx } from '../../../support/run-onnx.ts'
import { train } from '../../../support/train-loop.ts'

const [batchSize, seed] = [6, 11]
const normalization = new Map()

function uniform(count: number, key: string): Float32Array {
  const values = new Float32Array(count)
  fillUniform(values, seed, key, 0)
  return values
}

/** Metrics of a batch; noise that is asked for under a key is that of `streamOf` it. */
async function scored(plan: ModelPlan, features: Float32Array, streamOf: (key: string) => string) {
  const step = buildForwardStep({ plan, normalization, batchSize, losses: new Map() })
  const weights = initializeWeights(plan, 5)
  const feeds: Record<string, TensorData> = {}
  for (const { input } of step.features.values()) feeds[input] = features
  for (const [name, { input }] of step.weights) feeds[input] = weights.get(name)?.data ?? new Float32Array()
  if (step.sampleWeight) feeds[step.sampleWeight.input] = new Float32Array(batchSize).fill(1)
  for (const { input, key, shape } of step.random ?? []) {
    feeds[input] = uniform(elementCount(shape), streamOf(key))
  }
  const results = await runOnnx(step.graph, feeds)
  return readMetrics(step, Array.from(results[step.sums ?? '']?.data ?? [], Number))
}

/** What a step reports that changes nothing. */
async function told(plan: ModelPlan, input: string, features: Float32Array) {
  const optimizer = optimizerSchema.parse({ kind: 'sgd' })
  const losses = new Map()
  const step = buildTrainStep({ plan, losses, optimizer, normalization, batchSize, stepsPerRun: 1 })
  const batch = { features: { [input]: features }, targets: {} }
  const { means } = await train(step, initializeWeights(plan, 5), [batch], { learningRate: 0, seed })
  return means[0] ?? {}
}

it('scores a GAN as its training does, from the same noise', async () => {
  // Batch normalisation predicts with other numbers than it trains with.
  const lines = smallGan.filter(([name]) => name !== 'bn1' && name !== 'bn2')
  const plan = planOf(withRecipe(lines, { kind: 'adversarial', loss: 'hinge' }))
  const samples = uniform(batchSize * 3, 'samples')
  const trained = await told(plan, 'real', samples)
  const withNoiseOf = (pass: string) =>
    scored(plan, samples, (key) => key.replace('evaluation/', '').replace(/generator$/, pass))
  const judged = await withNoiseOf('discriminator')
  expect(judged.discriminatorLoss).toBeCloseTo(trained.discriminatorLoss ?? Number.NaN, 6)
  expect(judged.realJudgedRight).toBeCloseTo(trained.realJudgedRight ?? Number.NaN, 6)
  expect(judged.generatedJudgedRight).toBeCloseTo(trained.generatedJudgedRight ?? Number.NaN, 6)
  const made = await withNoiseOf('generator')
  expect(made.generatorLoss).toBeCloseTo(trained.generatorLoss ?? Number.NaN, 6)
  expect(made.generatorLoss).not.toBeCloseTo(judged.generatorLoss ?? Number.NaN, 4)
})

it('scores two views as training does, and predicts with the statistics of normalisation', async () => {
  const lines: readonly LayerLine[] = [
    ['input', 'input', { shape: [5] }],
    ['noisy', 'gaussianNoise', { stddev: 0.5 }],
    ['dense1', 'dense', { units: 6, activation: 'tanh' }],
    ['drop', 'dropout', { rate: 0.25 }],
    ['dense2', 'dense', { units: 4 }],
    ['output', 'output'],
  ]
  const samples = uniform(batchSize * 5, 'samples')
  const recipe = { kind: 'contrastive', temperature: 0.3 }
  const plan = planOf(withRecipe(lines, recipe))
  const trained = await told(plan, 'input', samples)
  const evaluated = await scored(plan, samples, (key) => key.replace('evaluation/', ''))
  expect(evaluated.loss).toBeCloseTo(trained.loss ?? Number.NaN, 6)
  expect(evaluated.otherViewFound).toBeCloseTo(trained.otherViewFound ?? Number.NaN, 6)

  const normalized: readonly LayerLine[] = lines.toSpliced(4, 0, ['bn', 'batchNormalization'])
  const moving = planOf(withRecipe(normalized, recipe))
  // Fresh statistics (mean 0, variance 1) leave values nearly as they are: so does evaluation, while training does not.
  const still = await scored(moving, samples, (key) => key.replace('evaluation/', ''))
  const batchwise = await told(moving, 'input', samples)
  expect(Math.abs((still.loss ?? 0) - (batchwise.loss ?? 0))).toBeGreaterThan(1e-3)
})
