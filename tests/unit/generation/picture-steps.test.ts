import { expect, it } from 'vitest'
import type { ModelPlan, PlannedLayer } from '../../../src-core/compile/model-plan.ts'
import { findGenerator } from '../../../src-core/generation/latent-source.ts'
import { buildReconstructionStep, buildSampleStep } from '../../../src-core/generation/picture-steps.ts'
import { documentOf, planOf } from '../../support/models.ts'
import { runOnnx } from '../../support/run-onnx.ts'

const none = { parameterCount: 0, trainableCount: 0, flops: 0, activationElements: 0 }

/** A generative adversarial network as a plan: its noise and pair are drawn by nobody here, only what is between. */
function adversarialPlan(): ModelPlan {
  const drawn = planOf(
    documentOf('gan', [
      ['noise', 'input', { shape: [2] }],
      ['decoder', 'dense', { units: 4, activation: 'tanh' }],
      ['fake', 'reshape', { targetShape: [1, 2, 2] }],
      ['out', 'output'],
    ]),
  )
  const [noise, decoder, fake, out] = drawn.layers
  if (!noise || !decoder || !fake || !out) throw new Error('a layer is missing')
  const real: PlannedLayer = { ...noise, id: 'real', name: 'real', outputShape: [1, 2, 2] }
  const pair: PlannedLayer = {
    ...out,
    ...none,
    id: 'pair',
    name: 'pair',
    kind: 'adversarialPair',
    inputs: [
      { layerId: 'real', port: 'real', shape: [1, 2, 2] },
      { layerId: 'fake', port: 'generated', shape: [1, 2, 2] },
    ],
  }
  const end = { ...out, inputs: [{ layerId: 'pair', port: 'input', shape: [1, 2, 2] }] }
  const layers = [real, { ...noise, kind: 'noise' }, decoder, fake, pair, end]
  return { ...drawn, layers, inputIds: ['real'] }
}

it('gives what an adversarial generator draws in the pixels of the real pictures', async () => {
  const plan = adversarialPlan()
  const generator = findGenerator(plan)
  if (!generator.ok) throw new Error(generator.problems[0]?.message)
  // Real pictures were brought to −1 … 1.
  const preparation = new Map([['real', { offset: 127.5, scale: 1 / 127.5 }]])
  const options = { plan, preparation, normalization: 'auto', batchSize: 2 } as const
  const step = buildSampleStep(options, generator.value)
  expect([...step.given.keys()]).toEqual(['noise'])
  const kernel = Float32Array.of(1, 0, 2, -1, 0, 1, 0, 0)
  const outputs = await runOnnx(step.graph, {
    'latent/noise': Float32Array.of(0.5, -1, 0, 10),
    'weight/decoder.kernel': kernel,
    'weight/decoder.bias': new Float32Array(4),
  })
  const expected = [0.5, -1, 1, -0.5, 0, 10, 0, 0].map((score) => 127.5 * (Math.tanh(score) + 1))
  const found = outputs.pictures?.data ?? []
  for (const [index, value] of expected.entries()) expect(Number(found[index])).toBeCloseTo(value, 3)
  expect(outputs.pictures?.shape).toEqual([2, 1, 2, 2])
})

it('shows what a denoising model saw in pixels, and raw scores as the probabilities they stand for', async () => {
  const plan = planOf(
    documentOf('denoising', [
      ['image', 'input', { shape: [4] }],
      ['noise', 'dropout', { rate: 0.5 }],
      ['later', 'dropout', { rate: 0.5 }],
      ['head', 'dense', { units: 4 }],
      ['tail', 'gaussianNoise', { stddev: 1000 }],
      ['out', 'output', { loss: 'binaryCrossentropy' }],
    ]),
  )
  const preparation = new Map([['image', { offset: 0, scale: 1 / 255 }]])
  const options = { plan, preparation, normalization: 'auto', batchSize: 1 } as const
  const pair = { inputId: 'image', outputId: 'out', shape: [1, 2, 2] }
  const step = buildReconstructionStep(options, pair)
  // The noise behind the dense layer is none of the input's: it is left out, as in prediction.
  expect(step.random.map(({ key }) => key)).toEqual(['noise', 'later'])
  const outputs = await runOnnx(step.graph, {
    'features/image': Float32Array.of(0, 51, 102, 204),
    'random/noise': Float32Array.of(0.9, 0.9, 0.9, 0.1),
    'random/later': Float32Array.of(0.9, 0.9, 0.9, 0.9),
    'weight/head.kernel': Float32Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 1 : 0)),
    'weight/head.bias': new Float32Array(4),
  })
  const corrupted = Array.from(outputs.corrupted?.data ?? [], Number)
  for (const [at, value] of [0, 204, 408, 0].entries()) expect(corrupted[at]).toBeCloseTo(value, 3)
  const pictures = Array.from(outputs.pictures?.data ?? [], Number)
  const expected = [0, 0.8, 1.6, 0].map((score) => 255 / (1 + Math.exp(-score)))
  for (const [at, value] of expected.entries()) expect(pictures[at]).toBeCloseTo(value, 3)
})
