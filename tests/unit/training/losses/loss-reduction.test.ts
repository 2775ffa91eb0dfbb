import { describe, expect, it } from 'vitest'
import { buildTrainStep } from '../../../../src-core/training/build-train-step.ts'
import { resolveLosses } from '../../../../src-core/training/losses/resolve-loss.ts'
import { type LossKind, optimizerSchema } from '../../../../src-core/training/run-config.ts'
import { documentOf, planOf } from '../../../support/models.ts'
import { train } from '../../../support/train-loop.ts'
import { start } from '../../../support/training-options.ts'

const batchSize = 8
const width = 6

/** Loss and mean absolute error of the first step of a small model with this output. */
async function firstStep(loss: LossKind, reduction: 'mean' | 'sum', activation: string) {
  const plan = planOf(
    documentOf('model', [
      ['input', 'input', { shape: [3] }],
      ['head', 'dense', { units: width, activation }],
      ['output', 'output', { loss, reduction, metrics: ['meanAbsoluteError'] }],
    ]),
  )
  const target = { kind: 'number', width, name: 'y', minimum: 0, maximum: 1 } as const
  const losses = resolveLosses(plan, new Map([['output', target]]))
  if (!losses.ok) throw new Error(losses.problems[0]?.message)
  const options = {
    plan,
    optimizer: optimizerSchema.parse({ kind: 'sgd' }),
    losses: losses.value,
    normalization: new Map(),
    batchSize,
    stepsPerRun: 1,
  }
  const values = (count: number) => Float32Array.from({ length: count }, (_, index) => (index % 5) / 5)
  const batch = {
    features: { input: values(batchSize * 3) },
    targets: { output: values(batchSize * width) },
  }
  const { means } = await train(buildTrainStep(options), start(options), [batch], { learningRate: 0.1 })
  return means[0] ?? {}
}

describe('a loss that compares value by value', () => {
  it.each([
    ['meanSquaredError', 'linear'],
    ['meanAbsoluteError', 'linear'],
    ['huber', 'linear'],
    ['binaryCrossentropy', 'sigmoid'],
  ] as const)('is as many times larger as a sum as there are values: %s', async (loss, activation) => {
    const mean = await firstStep(loss, 'mean', activation)
    const sum = await firstStep(loss, 'sum', activation)
    expect(mean.loss).toBeGreaterThan(0.01)
    expect(sum.loss).toBeCloseTo(width * (mean.loss ?? Number.NaN), 4)
    expect(sum.meanAbsoluteError).toBeCloseTo(mean.meanAbsoluteError ?? Number.NaN, 6)
  })

  it('leaves losses alone that compare a list as a whole', async () => {
    const mean = await firstStep('cosineSimilarity', 'mean', 'linear')
    expect((await firstStep('cosineSimilarity', 'sum', 'linear')).loss).toBe(mean.loss)
  })
})
