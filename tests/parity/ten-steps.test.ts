import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { allLayerDefinitions } from '../../src-core/layers/catalogue.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference } from '../support/reference-interpreter/compare.ts'
import { train } from '../support/train-loop.ts'
import { layerCases } from './layer-cases/all-cases.ts'
import { notTrained, tenStepCases } from './support/ten-step-cases.ts'
import { largestLossDifference, largestWeightDifference } from './support/ten-step-differences.ts'
import { momentum, steps, tenStepModel } from './support/ten-step-model.ts'
import { questionFor } from './support/ten-step-question.ts'

/** Nothing to compute, and what is listed with its reason. */
/** Kinds without a case here, with the reason. */
const withoutTraining: ReadonlyMap<string, string> = new Map([
  ['input', 'computes nothing'],
  ['output', 'computes nothing'],
  ['noise', 'takes no input: nothing before it learns'],
  ['adversarialPair', 'trains by a recipe of its own: adversarial.test.ts'],
  ['gaussianSampling', 'adds a loss of its own: variational-autoencoder.test.ts'],
  ['spectralConv1d', 'the peers leave the power iteration out of the gradient'],
  ['spectralConv2d', 'the peers leave the power iteration out of the gradient'],
])

const answerSchema = z.record(
  z.string(),
  z.object({ losses: z.array(z.number()), weights: z.record(z.string(), z.array(z.number())) }),
)

describeWithPython(`${steps} training steps through every layer, against PyTorch`, () => {
  let answers: z.output<typeof answerSchema> = {}
  const differences = new LargestDifference()

  beforeAll(async () => {
    const cases = Object.fromEntries(
      Object.entries(tenStepCases).map(([name, one]) => [name, questionFor(one, tenStepModel(one))]),
    )
    const input = { steps, momentum, cases }
    answers = answerSchema.parse(await runPython('tests/parity/torch-ten-steps.py', { input }))
  })
  afterAll(() => {
    console.info(`${steps} steps through layers against PyTorch: largest relative difference ${differences}`)
    differences.save(
      'layers-ten-steps',
      `${steps} steps of SGD with momentum through each layer, against PyTorch (losses relative to themselves, weights to how far they moved)`,
    )
  })

  it('leave out only cases that exist', () => {
    expect([...notTrained.keys()].filter((name) => !(name in layerCases))).toEqual([])
  })

  it('train every kind that computes something', () => {
    const trained = new Set([
      ...Object.values(tenStepCases).map(({ kind }) => kind),
      ...withoutTraining.keys(),
    ])
    expect([...trained].sort()).toEqual(allLayerDefinitions.map(({ kind }) => kind).sort())
  })

  it.each(Object.entries(tenStepCases))('%s learns the same', async (name, one) => {
    const theirs = answers[name]
    if (!theirs) throw new Error('PyTorch did not answer')
    const { step, start, batches } = tenStepModel(one)
    const ours = await train(step, start, batches, { learningRate: one.learningRate })
    const losses = ours.means.map(({ loss }) => loss ?? Number.NaN)
    const loss = largestLossDifference(losses, theirs.losses)
    const { difference, weight } = largestWeightDifference(ours.tensors, start, theirs.weights)
    differences.record(Math.max(loss, difference), name)
    expect(theirs.losses).toHaveLength(steps)
    expect(loss).toBeLessThan(1e-4)
    expect(difference, weight).toBeLessThan(1e-4)
  })
})
