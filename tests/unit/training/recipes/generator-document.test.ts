import { expect, it } from 'vitest'
import { buildForwardStep, buildInferenceGraph } from '../../../../src-core/training/build-forward-step.ts'
import { initializeWeights } from '../../../../src-core/training/initializers.ts'
import { generatorDocument } from '../../../../src-core/training/recipes/generator-document.ts'
import { smallGan, withRecipe } from '../../../support/gan.ts'
import { documentOf, planOf } from '../../../support/models.ts'
import { runOnnx } from '../../../support/run-onnx.ts'

const document = withRecipe(smallGan, { kind: 'adversarial' })

it('makes a model of the generator, from noise to generated samples, with the weights of the GAN', () => {
  const generator = generatorDocument(document)
  const plan = planOf(generator ?? document)
  expect(plan.layers.map(({ name, kind, outputShape }) => [name, kind, ...outputShape])).toEqual([
    ['noise', 'input', 4],
    ['dense1', 'dense', 6],
    ['bn1', 'batchNormalization', 6],
    ['dense2', 'dense', 3],
    ['generated', 'output', 3],
  ])
  expect(plan.recipe).toBeUndefined()
  const known = initializeWeights(planOf(document), 1)
  const asked = plan.layers.flatMap(({ name, weights }) => weights.map((weight) => `${name}.${weight.name}`))
  expect(asked.filter((name) => !known.has(name))).toEqual([])
})

it('knows no generator in other models', () => {
  expect(generatorDocument(documentOf('plain', smallGan))).toBeUndefined()
})

it('predicts with the discriminator alone: a score for each real sample', async () => {
  const plan = planOf(document)
  const step = buildForwardStep({ plan, normalization: new Map(), batchSize: 2 })
  expect([...step.weights.keys()].map((name) => name.split('.')[0])).not.toContain('dense1')
  const weights = initializeWeights(plan, 1)
  const values = Float32Array.of(0.5, -1, 2, 0, 1, -0.5)
  const feeds = Object.fromEntries([
    ...[...step.features.values()].map(({ input }) => [input, values] as const),
    ...[...step.weights].map(
      ([name, { input }]) => [input, weights.get(name)?.data ?? new Float32Array()] as const,
    ),
  ])
  const scores = (await runOnnx(step.graph, feeds))['prediction/judgement']
  expect(scores?.shape).toEqual([2, 1])
  const exported = await runOnnx(buildInferenceGraph(plan, weights, new Map()), {
    real: values.slice(0, 3),
  })
  expect(Number(exported.judgement?.data[0])).toBeCloseTo(Number(scores?.data[0]), 6)
})
