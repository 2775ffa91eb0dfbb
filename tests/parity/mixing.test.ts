import { expect, it } from 'vitest'
import { z } from 'zod'
import { buildTrainStep } from '../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../src-core/training/initializers.ts'
import { resolveLosses } from '../../src-core/training/losses/resolve-loss.ts'
import { fillUniform } from '../../src-core/training/random.ts'
import { mixingSchema, optimizerSchema } from '../../src-core/training/run-config.ts'
import { documentOf, mlp, planOf } from '../support/models.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { relativeDifference } from '../support/reference-interpreter/compare.ts'
import { train } from '../support/train-loop.ts'

const answerSchema = z.object({
  loss: z.number(),
  kernels: z.array(z.array(z.number())),
  biases: z.array(z.array(z.number())),
})

const [batchSize, inputs, classes, learningRate, seed] = [9, 6, 4, 0.5, 3]

function uniform(count: number, key: string): Float32Array {
  const values = new Float32Array(count)
  fillUniform(values, seed, key, 0)
  return values
}

function inRows(values: ArrayLike<number | bigint>, width: number): number[][] {
  const all = Array.from(values, Number)
  return Array.from({ length: all.length / width }, (_, row) => all.slice(row * width, (row + 1) * width))
}

describeWithPython('mixup against PyTorch', () => {
  it('takes the same step', async () => {
    const lines = mlp(inputs, [5], classes).map(([name, kind, parameters, ...sources]) =>
      name === 'dense0'
        ? ([name, kind, { ...parameters, activation: 'tanh' }, ...sources] as const)
        : ([name, kind, parameters ?? {}, ...sources] as const),
    )
    const plan = planOf(documentOf('mixed', lines))
    const losses = resolveLosses(
      plan,
      new Map(plan.outputIds.map((id) => [id, { kind: 'category', classes, name: 'label' }])),
    )
    if (!losses.ok) throw new Error(losses.problems[0]?.message)
    const step = buildTrainStep({
      plan,
      losses: losses.value,
      optimizer: optimizerSchema.parse({ kind: 'sgd' }),
      normalization: new Map(),
      // Both parameters 1 make the uniform distribution: the shares are the noise itself.
      mixing: mixingSchema.parse({ alpha: 1 }),
      batchSize,
      stepsPerRun: 1,
    })
    const start = initializeWeights(plan, 5)
    const features = uniform(batchSize * inputs, 'features')
    const labels = Int32Array.from(uniform(batchSize, 'labels'), (value) => Math.floor(value * classes))
    const batch = { features: { input: features }, targets: { output: labels } }
    const ours = await train(step, start, [batch], { learningRate, seed })

    const names = ['dense0', 'head']
    const data = (from: typeof start, name: string) => from.get(name)?.data ?? new Float32Array()
    const theirs = answerSchema.parse(
      await runPython('tests/parity/torch-mixing.py', {
        input: {
          features: inRows(features, inputs),
          labels: [...labels],
          shares: [...uniform(batchSize, 'training/mixing')],
          kernels: names.map((name) =>
            inRows(data(start, `${name}.kernel`), data(start, `${name}.bias`).length),
          ),
          biases: names.map((name) => Array.from(data(start, `${name}.bias`), Number)),
          learningRate,
        },
      }),
    )
    expect(ours.means[0]?.loss).toBeCloseTo(theirs.loss, 5)
    const after = new Map(ours.tensors)
    const differences = names.flatMap((name, index) => [
      relativeDifference(data(after, `${name}.kernel`), theirs.kernels[index] ?? []),
      relativeDifference(data(after, `${name}.bias`), theirs.biases[index] ?? []),
    ])
    console.info(`mixup against PyTorch: largest relative difference ${Math.max(...differences)}`)
    expect(Math.max(...differences)).toBeLessThan(2e-6)
  })
})
