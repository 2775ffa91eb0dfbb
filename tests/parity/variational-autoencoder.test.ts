import { afterAll, expect, it } from 'vitest'
import { z } from 'zod'
import { elementCount } from '../../src-core/tensor-graph/types.ts'
import { buildTrainStep } from '../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../src-core/training/initializers.ts'
import { resolveLosses } from '../../src-core/training/losses/resolve-loss.ts'
import { fillUniform } from '../../src-core/training/random.ts'
import { optimizerSchema } from '../../src-core/training/run-config.ts'
import { documentOf, type LayerLine, planOf } from '../support/models.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference, relativeDifference } from '../support/reference-interpreter/compare.ts'
import { type Batch, train } from '../support/train-loop.ts'

const [pixels, latent, batchSize, steps, seed, beta] = [36, 3, 16, 10, 4, 1.5]

const autoencoder: readonly LayerLine[] = [
  ['image', 'input', { shape: [pixels] }],
  ['encoder', 'dense', { units: 20, activation: 'relu' }],
  ['mean', 'dense', { units: latent }],
  ['logVariance', 'dense', { units: latent }, 'encoder'],
  ['latent', 'gaussianSampling', { beta }, 'mean', 'logVariance'],
  ['decoder', 'dense', { units: 20, activation: 'relu' }],
  ['pixels', 'dense', { units: pixels, activation: 'sigmoid' }],
  ['reconstruction', 'output', { loss: 'binaryCrossentropy', reduction: 'sum' }],
]

/** Blobs: shades of 0 to 1 that depend on two numbers. */
function batchOf(number: number): Batch {
  const places = new Float32Array(2 * batchSize)
  fillUniform(places, 9, 'places', number)
  const x = Float32Array.from({ length: batchSize * pixels }, (_, index) => {
    const [row, pixel] = [Math.floor(index / pixels), index % pixels]
    const across = (pixel % 6) / 6 - (places[2 * row] ?? 0)
    const down = Math.floor(pixel / 6) / 6 - (places[2 * row + 1] ?? 0)
    return Math.exp(-6 * (across * across + down * down))
  })
  return { features: { image: x }, targets: { reconstruction: x } }
}

function noise(key: string, step: number) {
  const data = new Float32Array(batchSize * latent)
  fillUniform(data, seed, key, step)
  return { shape: [batchSize, latent], data: [...data] }
}

const answerSchema = z.object({
  steps: z.array(z.tuple([z.number(), z.number(), z.number()])),
  weights: z.record(z.string(), z.array(z.number())),
})

describeWithPython('a variational autoencoder against PyTorch', () => {
  const differences = new LargestDifference()
  afterAll(() => {
    console.info(`variational autoencoder: largest relative difference ${differences}`)
    differences.save('variational-autoencoder', 'Ten steps of a variational autoencoder, against PyTorch')
  })

  it('has the same loss, reconstruction loss and divergence at each of 10 steps, and the same weights after', async () => {
    const plan = planOf(documentOf('vae', autoencoder))
    const optimizer = optimizerSchema.parse({ kind: 'adam', learningRate: 0.003 })
    const target = { kind: 'number', width: pixels, name: 'image', minimum: 0, maximum: 1 } as const
    const losses = resolveLosses(plan, new Map([['reconstruction', target]]))
    if (!losses.ok) throw new Error(losses.problems[0]?.message)
    const options = { plan, optimizer, losses: losses.value, normalization: new Map(), batchSize }
    const weights = initializeWeights(plan, 3)
    const batches = Array.from({ length: steps }, (_, index) => batchOf(index))
    const rate = { learningRate: 0.003, seed }
    const ours = await train(buildTrainStep({ ...options, stepsPerRun: 1 }), weights, batches, rate)
    const theirs = answerSchema.parse(
      await runPython('tests/parity/torch-vae.py', {
        input: {
          weights: Object.fromEntries(
            [...weights].map(([name, { shape, data }]) => [name, { shape, data: Array.from(data, Number) }]),
          ),
          batches: batches.map(({ features }, step) => ({
            x: { shape: [batchSize, pixels], data: [...(features.image ?? [])] },
            uniform: [noise('latent', step), noise('latent/1', step)],
          })),
          ...{ beta, learningRate: 0.003, epsilon: 1e-7, beta2: 0.999 },
        },
      }),
    )
    expect(theirs.steps).toHaveLength(steps)
    for (const [index, name] of ['loss', 'reconstructionLoss', 'klLoss'].entries()) {
      const found = ours.means.map((means) => means[name] ?? Number.NaN)
      const expected = theirs.steps.map((values) => values[index] ?? Number.NaN)
      const largest = Math.max(
        ...expected.map((value, step) => Math.abs((found[step] ?? Number.NaN) - value) / Math.abs(value)),
      )
      differences.record(largest, name)
      expect(largest, name).toBeLessThan(2e-5)
    }
    expect(Object.keys(theirs.weights).sort()).toEqual(plan.layers.flatMap(named).sort())
    for (const [name, expected] of Object.entries(theirs.weights)) {
      const found = ours.tensors.get(name)
      expect(found && elementCount(found.shape)).toBe(expected.length)
      const difference = relativeDifference(Array.from(found?.data ?? [], Number), expected)
      differences.record(difference, `weights: ${name}`)
      expect(difference, name).toBeLessThan(2e-5)
    }
    const learned = (ours.means[0]?.loss ?? 0) - (ours.means.at(-1)?.loss ?? 0)
    expect(learned).toBeGreaterThan(0.5)
  })
})

function named({ name, weights }: { name: string; weights: readonly { name: string }[] }): string[] {
  return weights.map((weight) => `${name}.${weight.name}`)
}
