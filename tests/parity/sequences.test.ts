import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { NamedTensor } from '../../src-core/tensor-graph/types.ts'
import { buildForwardStep } from '../../src-core/training/build-forward-step.ts'
import { buildTrainStep } from '../../src-core/training/build-train-step.ts'
import { resolveLosses } from '../../src-core/training/losses/resolve-loss.ts'
import { readMetrics } from '../../src-core/training/metrics/read-metrics.ts'
import { optimizerSchema } from '../../src-core/training/run-config.ts'
import { documentOf, planOf } from '../support/models.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference, relativeDifference } from '../support/reference-interpreter/compare.ts'
import { openOnnx } from '../support/run-onnx.ts'
import { train } from '../support/train-loop.ts'
import {
  type SequenceCase,
  samples,
  sequenceCases,
  steps,
  tokens,
  uniform,
} from './support/sequence-cases.ts'

const recorded = new LargestDifference()
afterAll(() => recorded.save('sequences', 'Losses and metrics step by step, against Keras and PyTorch'))

const [topK, table] = [2, 'table.embeddings']

/** Sequences of different lengths behind which there is padding, and what is to be predicted at each step. */
function dataOf({ width, target, weighted }: SequenceCase) {
  const lengths = uniform('lengths', samples, 1, steps + 1).map(Math.floor)
  const words = uniform('words', samples * steps, 1, tokens).map((word, at) =>
    at % steps < (lengths[Math.floor(at / steps)] ?? 0) ? Math.floor(word) : 0,
  )
  const count = samples * steps * width
  const values = target.kind === 'number' && target.maximum === 1 ? sharesOf(count, width) : undefined
  return {
    words,
    weights: uniform('table', tokens * width, -2, 2),
    sampleWeight: weighted ? uniform('weights', samples, 0.2, 2) : new Float32Array(samples).fill(1),
    targets:
      target.kind === 'category'
        ? Int32Array.from(uniform('classes', samples * steps, 0, target.classes), Math.floor)
        : (values ?? uniform('values', count, -2, 2)),
  }
}

function sharesOf(count: number, width: number): Float32Array {
  const values = uniform('shares', count, 0.05, 1)
  const sum = (at: number) => values.slice(at, at + width).reduce((total, value) => total + value, 0)
  return values.map((value, at) => value / sum(at - (at % width)))
}

function modelOf({ activation, loss, labelSmoothing, metrics, width, target, masked }: SequenceCase) {
  const plan = planOf(
    documentOf('sequences', [
      ['input', 'input', { shape: [steps] }],
      ['table', 'embedding', { inputDim: tokens, outputDim: width, maskZero: masked }],
      ['head', 'activation', { activation }],
      ['output', 'output', { loss, metrics: [...metrics], topK, ...(labelSmoothing && { labelSmoothing }) }],
    ]),
  )
  const losses = resolveLosses(plan, new Map([['output', target]]))
  if (!losses.ok) throw new Error(losses.problems[0]?.message)
  return { plan, losses: losses.value, normalization: new Map(), batchSize: samples }
}

/** Loss and metrics of an evaluation, and the gradient of the table as a step of descent with rate 1 shows it. */
async function run(given: SequenceCase) {
  const model = modelOf(given)
  const data = dataOf(given)
  const forward = buildForwardStep(model)
  const session = await openOnnx(forward.graph)
  const target = forward.targets.get('output')
  expect(target?.shape).toEqual(
    given.target.kind === 'category' ? [samples, steps] : [samples, steps, given.width],
  )
  const results = await session.run({
    [forward.features.get('input')?.input ?? '']: data.words,
    [target?.input ?? '']: data.targets,
    [forward.sampleWeight?.input ?? '']: data.sampleWeight,
    [forward.weights.get(table)?.input ?? '']: data.weights,
  })
  await session.release()
  const sums = Array.from(results[forward.sums ?? '']?.data ?? [], Number)
  const start: NamedTensor = {
    name: table,
    dtype: 'float32',
    shape: [tokens, given.width],
    data: data.weights,
  }
  const step = buildTrainStep({ ...model, optimizer: optimizerSchema.parse({ kind: 'sgd' }), stepsPerRun: 1 })
  const batch = {
    features: { input: data.words },
    targets: { output: data.targets },
    sampleWeight: data.sampleWeight,
  }
  const trained = await train(step, new Map([[table, start]]), [batch], { learningRate: 1 })
  const after = trained.tensors.get(table)?.data ?? []
  const gradient = Array.from(data.weights, (value, at) => value - Number(after[at]))
  return { metrics: readMetrics(forward, sums), trainingLoss: trained.means[0]?.loss, gradient }
}

const answerSchema = z.record(
  z.string(),
  z.object({
    loss: z.number(),
    /** What the framework's own reduction gives, where it means the same. */
    own: z.number().nullable(),
    metrics: z.record(z.string(), z.number()),
    gradient: z.array(z.number()),
  }),
)
const torchSchema = z.record(z.string(), z.object({ loss: z.number(), gradient: z.array(z.number()) }))

const asked = Object.fromEntries(
  Object.entries(sequenceCases).map(([name, given]) => {
    const { words, weights, sampleWeight, targets } = dataOf(given)
    const data = { words, weights, sampleWeight, targets }
    return [
      name,
      { ...given, ...Object.fromEntries(Object.entries(data).map(([key, of]) => [key, [...of]])) },
    ]
  }),
)

function difference(found: number | undefined, expected: number): number {
  return Math.abs((found ?? Number.NaN) - expected) / Math.max(1e-2, Math.abs(expected))
}

describeWithPython('sequences against Keras', () => {
  let keras: z.output<typeof answerSchema> = {}
  beforeAll(async () => {
    const input = { cases: asked, samples, steps, tokens, topK }
    keras = answerSchema.parse(await runPython('tests/parity/keras-sequences.py', { input }))
  })

  it.each(Object.entries(sequenceCases))(
    '%s have the same loss, metrics and gradient',
    async (name, given) => {
      const expected = keras[name]
      if (!expected) throw new Error(`Keras did not answer ${name}`)
      const { metrics, trainingLoss, gradient } = await run(given)
      const found = [
        difference(metrics.loss, expected.loss),
        difference(trainingLoss, expected.loss),
        ...(expected.own === null ? [] : [difference(metrics.loss, expected.own)]),
        relativeDifference(Float32Array.from(gradient), expected.gradient),
        ...given.metrics.map((kind) => {
          const value = expected.metrics[kind]
          if (value === undefined) throw new Error(`Keras did not measure ${kind}`)
          return difference(metrics[kind === 'topKAccuracy' ? `top${topK}Accuracy` : kind], value)
        }),
      ]
      recorded.record(Math.max(...found), name)
      console.log(`${name}: largest difference ${Math.max(...found).toExponential(1)}`)
      expect(Math.max(...found)).toBeLessThan(2e-5)
    },
  )

  it('has compared the reduction of Keras itself, with padding and without', () => {
    const own = Object.entries(sequenceCases).filter(([name]) => keras[name]?.own !== null)
    expect(new Set(own.map(([, { masked }]) => masked))).toEqual(new Set([true, false]))
  })
})

describeWithPython('sequences against PyTorch', () => {
  it('have the same cross-entropy and gradient, padding left out', async () => {
    const input = { cases: asked, samples, steps, tokens }
    const torch = torchSchema.parse(await runPython('tests/parity/torch-sequences.py', { input }))
    expect(Object.keys(torch).length).toBeGreaterThanOrEqual(6)
    for (const [name, expected] of Object.entries(torch)) {
      const given = sequenceCases[name]
      if (!given) throw new Error(`there is no case ${name}`)
      const { metrics, gradient } = await run(given)
      const loss = difference(metrics.loss, expected.loss)
      const slope = relativeDifference(Float32Array.from(gradient), expected.gradient)
      recorded.record(Math.max(loss, slope), `PyTorch: ${name}`)
      console.log(
        `${name}: PyTorch's loss differs by ${loss.toExponential(1)}, gradient by ${slope.toExponential(1)}`,
      )
      expect(Math.max(loss, slope), name).toBeLessThan(2e-5)
    }
  })
})
