import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { NamedTensor } from '../../src-core/tensor-graph/types.ts'
import { buildTrainStep } from '../../src-core/training/build-train-step.ts'
import { fillUniform } from '../../src-core/training/random.ts'
import { optimizerSchema } from '../../src-core/training/run-config.ts'
import { documentOf, planOf } from '../support/models.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference } from '../support/reference-interpreter/compare.ts'
import { type Batch, train } from '../support/train-loop.ts'
import { type LossCase, lossCases, rows } from './support/loss-cases.ts'
import { largestLossDifference, largestWeightDifference } from './support/ten-step-differences.ts'

const steps = 10
const momentum = 0.9
const activations = { Softmax: 'softmax', Sigmoid: 'sigmoid', Softplus: 'softplus', none: 'linear' }

/** Losses that are nearly flat where the case is: weights would move by little more than their rounding. */
const flat: Readonly<Record<string, number>> = {
  'dice loss, saturated': 1000,
  'triplet loss of samples that are alike': 30,
}

/** Scores that are given as probabilities stay near them; steps are small where scores are large. */
function learningRateOf(name: string, { scores }: LossCase): number {
  return (0.05 * (flat[name] ?? 1)) / Math.max(1, ...scores.flat().map((score) => score * score))
}

/** A Dense layer that hands the scores on nearly as they are. */
function startOf(width: number): Map<string, NamedTensor> {
  const kernel = new Float32Array(width * width)
  fillUniform(kernel, 2, 'kernel', 0)
  for (let index = 0; index < kernel.length; index++) {
    kernel[index] = 0.01 * (kernel[index] ?? 0) + (index % (width + 1) === 0 ? 1 : 0)
  }
  const bias = new Float32Array(width).fill(0.01)
  const named = (name: string, shape: readonly number[], data: Float32Array): [string, NamedTensor] => [
    `head.${name}`,
    { name: `head.${name}`, dtype: 'float32', shape, data },
  ]
  return new Map([named('kernel', [width, width], kernel), named('bias', [width], bias)])
}

function modelOf(name: string, given: LossCase) {
  const { loss: kind, head, scores, fromScores = false, parameters = {} } = given
  const width = scores[0]?.length ?? 1
  const plan = planOf(
    documentOf('loss', [
      ['input', 'input', { shape: [width] }],
      ['head', 'dense', { units: width, activation: activations[head] }],
      ['output', 'output'],
    ]),
  )
  const byIndex = given.targets.flat().length === rows && width > 1
  const target = byIndex ? ('classIndex' as const) : ('values' as const)
  const learningRate = learningRateOf(name, given)
  const step = buildTrainStep({
    plan,
    optimizer: optimizerSchema.parse({ kind: 'momentum', learningRate, momentum }),
    losses: new Map([['output', { kind, target, fromScores, weight: 1, parameters }]]),
    normalization: new Map(),
    batchSize: rows,
    stepsPerRun: 1,
  })
  const targets = byIndex ? Int32Array.from(given.targets.flat()) : Float32Array.from(given.targets.flat())
  const batch: Batch = {
    features: { input: Float32Array.from(scores.flat()) },
    targets: { output: targets },
    sampleWeight: Float32Array.from(given.sampleWeight),
  }
  return { step, start: startOf(width), batches: new Array<Batch>(steps).fill(batch), learningRate }
}

function questionFor(name: string, given: LossCase) {
  const { start, learningRate } = modelOf(name, given)
  const values = (weight: string) => Array.from(start.get(`head.${weight}`)?.data ?? [], Number)
  return { kernel: values('kernel'), bias: values('bias'), steps, learningRate, momentum }
}

const answerSchema = z.record(
  z.string(),
  z.object({ losses: z.array(z.number()), weights: z.record(z.string(), z.array(z.number())) }),
)

describeWithPython(`${steps} training steps with every loss against Keras`, () => {
  let answers: z.output<typeof answerSchema> = {}
  const differences = new LargestDifference()

  beforeAll(async () => {
    const training = Object.fromEntries(
      Object.entries(lossCases).map(([name, given]) => [name, questionFor(name, given)]),
    )
    const input = { cases: lossCases, training }
    answers = answerSchema.parse(await runPython('tests/parity/keras-losses.py', { input }))
  })
  afterAll(() => {
    console.info(`${steps} steps with losses against Keras: largest relative difference ${differences}`)
    differences.save(
      'losses-ten-steps',
      `${steps} steps of SGD with momentum on each loss, against Keras (losses relative to themselves, weights to how far they moved)`,
    )
  })

  it.each(Object.entries(lossCases))('%s', async (name, given) => {
    const theirs = answers[name]
    if (!theirs) throw new Error('Keras did not answer')
    const { step, start, batches, learningRate } = modelOf(name, given)
    const ours = await train(step, start, batches, { learningRate })
    const loss = largestLossDifference(
      ours.means.map((mean) => mean.loss ?? Number.NaN),
      theirs.losses,
    )
    const expected = Object.fromEntries(
      Object.entries(theirs.weights).map(([weight, values]) => [`head.${weight}`, values]),
    )
    const { difference, weight } = largestWeightDifference(ours.tensors, start, expected)
    differences.record(Math.max(loss, difference), name)
    expect(theirs.losses).toHaveLength(steps)
    expect(loss).toBeLessThan(1e-4)
    expect(difference, weight).toBeLessThan(1e-4)
  })
})
