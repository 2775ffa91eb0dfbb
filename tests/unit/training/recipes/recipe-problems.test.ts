import { expect, it } from 'vitest'
import { compileModel } from '../../../../src-core/compile/compile-model.ts'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import type { Problem } from '../../../../src-core/problems.ts'
import { trainingSettingsSchema } from '../../../../src-core/training/run-config.ts'
import { checkTraining } from '../../../../src-core/training/schedules/check-training.ts'
import { smallGan, withRecipe } from '../../../support/gan.ts'
import { documentOf, type LayerLine } from '../../../support/models.ts'

const gan = { kind: 'adversarial' }
const contrastive = { kind: 'contrastive' }

/** Messages of what is wrong, with the layer they are shown on. */
function problemsOf(lines: readonly LayerLine[], recipe: Record<string, unknown>, severity = 'error') {
  return compileModel(withRecipe(lines, recipe))
    .problems.filter((problem) => problem.severity === severity)
    .map(({ message, layerId, hint }) => {
      expect(hint).toBeTruthy()
      return [layerId, message]
    })
}

/** The document after a problem's fix. */
function mended(document: ModelDocument, problem: Problem | undefined): ModelDocument {
  const edits = problem?.fix?.edits ?? []
  expect(edits).not.toEqual([])
  return edits.reduce((before, edit) => applyEdit(before, edit).document, document)
}

/** The small GAN with lines replaced by name, or left out. */
function changed(changes: Readonly<Record<string, LayerLine | null>>): LayerLine[] {
  return smallGan.flatMap((line) => {
    const change = changes[line[0]]
    return change === undefined ? [line] : change === null ? [] : [change]
  })
}

it('takes a GAN that is right, and plans it with its recipe', () => {
  const { plan, problems } = compileModel(withRecipe(smallGan, gan))
  expect(problems).toEqual([])
  expect(plan?.recipe).toMatchObject({ kind: 'adversarial', loss: 'nonSaturating', discriminatorSteps: 1 })
})

it('refuses a GAN without a pair, or with two', () => {
  const plain: LayerLine[] = [
    ['input', 'input', { shape: [3] }],
    ['dense', 'dense', { units: 1 }],
    ['output', 'output'],
  ]
  expect(problemsOf(plain, gan)).toEqual([
    [undefined, 'The recipe is adversarial, but no AdversarialPair leads to the output.'],
  ])
  const twice = changed({ dense3: ['dense3', 'adversarialPair', {}, 'pair', 'dense2'] })
  expect(problemsOf(twice, gan)).toEqual([
    ['dense3', 'A GAN has one AdversarialPair, but pair and dense3 are two.'],
  ])
})

it('refuses generated samples that come from no noise, and noise that leads elsewhere', () => {
  const silent = changed({ noise: ['noise', 'input', { shape: [4] }] })
  expect(problemsOf(silent, gan)).toEqual([
    ['pair', 'The generated samples of pair come from no noise, so that all of them would be alike.'],
  ])
  const astray = [
    ...changed({ dense4: null, judgement: null }),
    ['other', 'noise', { shape: [5] }],
    ['sum', 'add', {}, 'tanh', 'other'],
    ['dense4', 'dense', { units: 1 }, 'sum'],
    ['judgement', 'output'],
  ] satisfies LayerLine[]
  expect(problemsOf(astray, gan)).toEqual([
    [
      'other',
      'other does not lead to the generated port of pair, and only generated samples are made from noise.',
    ],
  ])
})

it('refuses layers that both networks would train, or that change the real samples', () => {
  const shared = changed({ pair: ['pair', 'adversarialPair', {}, 'dense2', 'dense2'], real: null })
  const drawn: LayerLine[] = [['real', 'input', { shape: [3] }], ...shared, ['unused', 'output', {}, 'real']]
  expect(problemsOf(drawn, gan)[0]).toEqual(['unused', expect.stringContaining('has 2.')])
  const both = changed({ dense4: ['dense4', 'add', {}, 'aside', 'tanh'], judgement: null })
  const aside: LayerLine[] = [
    ...both.slice(0, 5),
    ['aside', 'dense', { units: 5 }, 'dense1'],
    ...both.slice(5),
    ['last', 'dense', { units: 1 }, 'dense4'],
    ['judgement', 'output'],
  ]
  expect(problemsOf(aside, gan)).toEqual([
    [
      'dense1',
      'dense1 belongs to the generator and leads past the generated port of pair as well, so both networks would train it.',
    ],
  ])
  const before: LayerLine[] = [
    ['real', 'input', { shape: [3] }],
    ['early', 'dense', { units: 3 }],
    ...changed({ real: null, pair: ['pair', 'adversarialPair', {}, 'early', 'dense2'] }),
  ]
  expect(problemsOf(before, gan)).toEqual([
    [
      'early',
      'early would learn to change the real samples before pair compares them with the generated ones.',
    ],
  ])
})

it('refuses networks that have nothing to learn', () => {
  const lines: LayerLine[] = [
    ['real', 'input', { shape: [3] }],
    ['noise', 'noise', { shape: [3] }],
    ['pair', 'adversarialPair', {}, 'real', 'noise'],
    ['judgement', 'output'],
  ]
  expect(problemsOf(lines, gan).map(([, message]) => message)).toEqual([
    'The generator, which leads to the generated port of pair, has nothing to learn.',
    'The discriminator, which follows pair, has nothing to learn.',
  ])
})

it('takes a sigmoid only where cross-entropy looks behind it, and mends the head', () => {
  const sigmoid = changed({ dense4: ['dense4', 'dense', { units: 1, activation: 'sigmoid' }] })
  expect(problemsOf(sigmoid, gan)).toEqual([])
  const document = withRecipe(sigmoid, { ...gan, loss: 'hinge' })
  const { problems } = compileModel(document)
  expect(problems.map(({ message }) => message)).toEqual([
    'The adversarial loss hinge expects a discriminator that ends in raw scores, but dense4 ends in sigmoid.',
  ])
  expect(compileModel(mended(document, problems[0])).problems).toEqual([])
})

it('warns of a critic without bounds, and of a loss that is not used', () => {
  expect(problemsOf(smallGan, { ...gan, loss: 'wasserstein' }, 'warning')).toEqual([
    [
      'pair',
      'Nothing bounds the slope of the discriminator behind pair, so its wasserstein loss can grow without end.',
    ],
  ])
  const spectral = changed({ dense3: ['dense3', 'spectralDense', { units: 5 }] })
  expect(problemsOf(spectral, { ...gan, loss: 'wasserstein' }, 'warning')).toEqual([])
  const asked = changed({ judgement: ['judgement', 'output', { loss: 'meanSquaredError' }] })
  expect(problemsOf(asked, gan, 'warning')).toEqual([
    ['judgement', 'The loss meanSquaredError of judgement is not used: the recipe brings its own.'],
  ])
})

it('refuses parts of a GAN in other trainings, and offers to train one', () => {
  const document = documentOf('plain', smallGan)
  const { problems } = compileModel(document)
  expect(problems.map(({ message }) => message)).toEqual([
    'pair is a part of a GAN, but the training is supervised.',
  ])
  expect(compileModel(mended(document, problems[0])).problems).toEqual([])
  expect(problemsOf(smallGan, contrastive)).toEqual([
    ['pair', 'pair is a part of a GAN, but the training is contrastive.'],
  ])
})

it('refuses contrastive training without views that differ, or without vectors', () => {
  const still: LayerLine[] = [
    ['input', 'input', { shape: [1, 6, 6] }],
    ['flip', 'randomFlip', {}],
    ['conv', 'conv2d', { filters: 2, kernelSize: [3, 3] }],
    ['output', 'output'],
  ]
  expect(problemsOf(still, contrastive)).toEqual([
    ['output', 'Contrastive training compares vectors, but output gets 2 × 4 × 4.'],
  ])
  const flat: LayerLine[] = [
    ['input', 'input', { shape: [6] }],
    ['drop', 'dropout', { rate: 0 }],
    ['dense', 'dense', { units: 4 }],
    ['output', 'output'],
  ]
  expect(problemsOf(flat, contrastive)).toEqual([
    ['output', 'Nothing in this model differs between two views of a sample, so there is nothing to learn.'],
  ])
})

it('names settings that make no sense beside a recipe', () => {
  const found = (settings: Record<string, unknown>, metrics?: string[]) =>
    checkTraining(trainingSettingsSchema.parse(settings), metrics ? { metrics } : {}).map(
      ({ message }) => message,
    )
  expect(found({ recipe: gan })).toEqual([])
  expect(found({ recipe: gan, mixing: {}, classWeights: 'balanced' })).toEqual([
    'mixup blends samples with their targets, but adversarial training has no targets.',
    'Class weights count rows by their target, but adversarial training has no targets.',
  ])
  expect(found({ recipe: gan, gradientAccumulationSteps: 4 })).toEqual([
    'Gradients are accumulated over 4 batches, but a GAN moves both networks with every batch.',
  ])
  expect(found({ recipe: { ...gan, loss: 'hinge', labelSmoothing: 0.1 } })).toEqual([
    'Label smoothing has no effect with the adversarial loss hinge, which has no labels.',
  ])
  expect(found({ recipe: contrastive, batchSize: 1 })).toEqual([
    'Contrastive training tells the samples of a batch apart, but the batch size is 1.',
  ])
  expect(found({ recipe: gan, earlyStopping: {} }, ['discriminatorLoss', 'generatorLoss'])).toEqual([
    'Early stopping watches the metric "loss", but this model reports discriminatorLoss, generatorLoss.',
  ])
})
