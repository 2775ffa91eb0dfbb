import { afterAll, expect, it } from 'vitest'
import { z } from 'zod'
import { elementCount, type Shape } from '../../src-core/tensor-graph/types.ts'
import { buildTrainStep } from '../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../src-core/training/initializers.ts'
import { fillUniform } from '../../src-core/training/random.ts'
import { optimizerSchema } from '../../src-core/training/run-config.ts'
import { inRows, normalNoiseOf, withRecipe } from '../support/gan.ts'
import { type LayerLine, planOf } from '../support/models.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference, relativeDifference } from '../support/reference-interpreter/compare.ts'
import { train } from '../support/train-loop.ts'

const answerSchema = z.object({
  losses: z.array(z.number()),
  found: z.array(z.number()),
  weights: z.record(z.string(), z.array(z.number())),
})

const [batchSize, steps, seed, learningRate] = [7, 10, 4, 0.3]
const differences = new LargestDifference()

afterAll(() => {
  console.info(`ten contrastive steps against PyTorch: largest relative difference ${differences}`)
  differences.save('contrastive', 'Ten contrastive steps from equal weights and noise, against PyTorch')
})

const encoder: readonly LayerLine[] = [
  ['input', 'input', { shape: [5] }],
  ['noisy', 'gaussianNoise', { stddev: 0.5 }],
  ['dense1', 'dense', { units: 6, activation: 'tanh' }],
  ['drop', 'dropout', { rate: 0.25 }],
  ['bn1', 'batchNormalization'],
  ['dense2', 'dense', { units: 4 }],
  ['output', 'output'],
]

function uniform(shape: Shape, key: string, step: number): Float32Array {
  const values = new Float32Array(elementCount(shape))
  fillUniform(values, seed, key, step)
  return values
}

describeWithPython('contrastive training against PyTorch', () => {
  it.each([0.5, 0.1])('ten steps at temperature %s', async (temperature) => {
    const plan = planOf(withRecipe(encoder, { kind: 'contrastive', temperature }))
    const start = initializeWeights(plan, 5)
    const samples = Array.from({ length: steps }, (_, step) => uniform([batchSize, 5], 'samples', step))
    const step = buildTrainStep({
      plan,
      losses: new Map(),
      optimizer: optimizerSchema.parse({ kind: 'momentum', momentum: 0.9 }),
      normalization: new Map(),
      batchSize,
      stepsPerRun: 2,
    })
    const batches = samples.map((values) => ({ features: { input: values }, targets: {} }))
    const ours = await train(step, start, batches, { learningRate, seed })
    const theirs = answerSchema.parse(
      await runPython('tests/parity/torch-contrastive.py', {
        input: {
          temperature,
          learningRate,
          momentum: 0.99,
          batches: samples.map((values) => inRows(values, 5)),
          views: samples.map((_, at) =>
            ['view1', 'view2'].map((view) => ({
              normal: inRows(
                normalNoiseOf([`noisy/${view}`, `noisy/1/${view}`], [batchSize, 5], seed, at),
                5,
              ),
              uniform: inRows(uniform([batchSize, 6], `drop/${view}`, at), 6),
            })),
          ),
          weights: Object.fromEntries(
            [...start.values()].map(({ name, shape, data }) => [
              name,
              shape.length === 2 ? inRows(data, shape[1] ?? 1) : Array.from(data, Number),
            ]),
          ),
        },
      }),
    )
    const label = `temperature ${temperature}`
    const losses = relativeDifference(
      ours.means.map(({ loss }) => loss ?? Number.NaN),
      theirs.losses,
    )
    differences.record(losses, label)
    expect(losses).toBeLessThan(1e-4)
    expect(
      relativeDifference(
        ours.means.map(({ otherViewFound }) => otherViewFound ?? Number.NaN),
        theirs.found,
      ),
    ).toBeLessThan(1e-6)
    expect(Object.keys(theirs.weights).sort()).toEqual([...start.keys()].sort())
    for (const [name, values] of Object.entries(theirs.weights)) {
      const difference = relativeDifference(ours.tensors.get(name)?.data ?? [], values)
      differences.record(difference, label)
      expect(difference, name).toBeLessThan(1e-4)
    }
    const moved = relativeDifference(
      start.get('dense1.kernel')?.data ?? [],
      theirs.weights['dense1.kernel'] ?? [],
    )
    expect(moved).toBeGreaterThan(1e-2)
  })
})
