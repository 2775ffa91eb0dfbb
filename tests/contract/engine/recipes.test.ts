import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type ModelDocument, modelDocumentSchema } from '../../../src-core/document/model-document.ts'
import { documentOf, type LayerLine } from '../../support/models.ts'
import { type TrainedRun, threeClasses, trainingPlace } from './support/training-place.ts'

const rows = threeClasses(600)

// Two numbers and a category of two: four values per row. The column "kind" is what the table is about, and left out.
const gan: readonly LayerLine[] = [
  ['real', 'input', { shape: [4] }],
  ['noise', 'noise', { shape: [3] }],
  ['g1', 'dense', { units: 8, activation: 'relu' }, 'noise'],
  ['gn', 'batchNormalization'],
  ['g2', 'dense', { units: 4 }],
  ['pair', 'adversarialPair', {}, 'real', 'g2'],
  ['d1', 'dense', { units: 8, activation: 'relu' }],
  ['drop', 'dropout', { rate: 0.2 }],
  ['d2', 'dense', { units: 1, activation: 'sigmoid' }],
  ['judgement', 'output'],
]
const encoder: readonly LayerLine[] = [
  ['row', 'input', { shape: [4] }],
  ['noisy', 'gaussianNoise', { stddev: 0.3 }],
  ['e1', 'dense', { units: 8, activation: 'relu' }],
  ['en', 'batchNormalization'],
  ['e2', 'dense', { units: 3 }],
  ['embedding', 'output'],
]

function documentFor(lines: readonly LayerLine[], training: Record<string, unknown>): ModelDocument {
  return modelDocumentSchema.parse({
    ...documentOf('recipe', lines),
    dataset: { name: 'classes' },
    training: { epochs: 3, batchSize: 16, engine: 'cpu', ...training },
  })
}

const documents = {
  adversarial: documentFor(gan, { recipe: { kind: 'adversarial', discriminatorSteps: 2 } }),
  contrastive: documentFor(encoder, { recipe: { kind: 'contrastive' } }),
}
const reported = {
  adversarial: ['discriminatorLoss', 'generatedJudgedRight', 'generatorLoss', 'realJudgedRight'],
  contrastive: ['loss', 'otherViewFound'],
}

const curve = ({ detail }: TrainedRun) => detail.epochs.map(({ train, validation }) => [train, validation])

describe.each(['adversarial', 'contrastive'] as const)('%s training', (kind) => {
  const document = documents[kind]

  it('reports its own metrics, goes on after a stop as if there had been none, and is evaluated as in training', async () => {
    const place = trainingPlace([rows])
    const whole = await place.train(document)
    expect(whole.detail.run.problem).toBeNull()
    expect(whole.detail.run.status).toBe('finished')
    const last = whole.detail.epochs.at(-1)
    expect(Object.keys(last?.validation ?? {}).sort()).toEqual(reported[kind])
    expect(Object.keys(last?.train ?? {}).sort()).toEqual([...reported[kind], 'learningRate'].sort())
    expect(Object.keys(whole.detail.run.test ?? {}).sort()).toEqual(reported[kind])

    const stopped = await place.train(document, (event, runId) => {
      if (event.type === 'epoch' && event.epoch === 1) void place.application.runs.stop(runId)
    })
    expect(stopped.detail.epochs.length).toBeLessThan(3)
    const resumed = await place.resume(stopped.runId)
    expect([...stopped.losses, ...resumed.losses]).toEqual(whole.losses)
    expect(curve(resumed)).toEqual(curve(whole))
    expect(resumed.detail.run.test).toEqual(whole.detail.run.test)

    const evaluated = await place.application.evaluations.evaluatePart(whole.runId, 'test')
    if (!evaluated.ok) throw new Error(evaluated.problems[0]?.message)
    for (const [name, value] of Object.entries(whole.detail.run.test ?? {})) {
      expect(evaluated.value.metrics[name], name).toBeCloseTo(value, 5)
    }
  })

  it('predicts and is exported', async () => {
    const place = trainingPlace([rows])
    const { runId } = await place.train(document)
    const { predictions, exports } = place.application
    const predicted = await predictions.predictDataset(runId, 'classes', 0, 5)
    if (!predicted.ok) throw new Error(predicted.problems[0]?.message)
    expect(predicted.value).toHaveLength(5)
    const [first] = predicted.value
    expect(Object.keys(first?.outputs ?? {})).toEqual([kind === 'adversarial' ? 'judgement' : 'embedding'])
    expect(first?.outputs.judgement ?? first?.outputs.embedding).toEqual(
      kind === 'adversarial'
        ? { value: expect.any(Number) }
        : { values: [expect.any(Number), expect.any(Number), expect.any(Number)] },
    )
    const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-recipes-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = path.join(folder, 'model.onnx')
    const exported = await exports.exportRun(runId, 'onnx', file)
    if (!exported.ok) throw new Error(exported.problems[0]?.message)
    expect(exported.value.comparedRows).toBeGreaterThan(0)
    expect(exported.value.largestDifference).toBeLessThan(1e-5)
  })
})

it('trains, predicts with and exports a conditional GAN, where an input feeds both networks', async () => {
  const lines: readonly LayerLine[] = [
    ['real', 'input', { shape: [2] }],
    ['side', 'input', { shape: [2] }],
    ['noise', 'noise', { shape: [3] }],
    ['asked', 'concatenate', {}, 'noise', 'side'],
    ['g1', 'dense', { units: 6, activation: 'relu' }],
    ['g2', 'dense', { units: 2 }],
    ['pair', 'adversarialPair', {}, 'real', 'g2'],
    ['shown', 'concatenate', {}, 'pair', 'side'],
    ['d1', 'dense', { units: 6, activation: 'relu' }],
    ['d2', 'dense', { units: 1 }],
    ['judgement', 'output'],
  ]
  const plain = documentFor(lines, { epochs: 1, recipe: { kind: 'adversarial', loss: 'hinge' } })
  const document = {
    ...plain,
    dataset: { name: 'classes', inputs: { real: ['x', 'y'], side: ['side'] }, targets: {} },
  }
  const place = trainingPlace([rows])
  const { runId, detail } = await place.train(document)
  expect(detail.run.status).toBe('finished')
  const predicted = await place.application.predictions.predictDataset(runId, 'classes', 0, 2)
  expect(predicted.ok && predicted.value.map(({ outputs }) => Object.keys(outputs))).toEqual([
    ['judgement'],
    ['judgement'],
  ])
  const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-recipes-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const exported = await place.application.exports.exportRun(runId, 'onnx', path.join(folder, 'g.onnx'))
  if (!exported.ok) throw new Error(exported.problems[0]?.message)
  expect(exported.value.comparedRows).toBeGreaterThan(0)
  expect(exported.value.largestDifference).toBeLessThan(1e-5)
})

it('does not start with settings that need targets, and says why', async () => {
  const place = trainingPlace([rows])
  const start = (training: Record<string, unknown>) =>
    place.application.runs.start({
      projectId: null,
      document: documentFor(gan, { recipe: { kind: 'adversarial' }, ...training }),
    })
  for (const [training, message] of [
    [{ mixing: {} }, 'mixup blends samples with their targets'],
    [{ classWeights: 'balanced' }, 'Class weights count rows by their target'],
    [
      { earlyStopping: {} },
      'Early stopping watches the metric "loss", but this model reports discriminatorLoss',
    ],
  ] as const) {
    const started = await start(training)
    expect(started.ok ? [] : started.problems.map((problem) => problem.message)).toEqual([
      expect.stringContaining(message),
    ])
  }
})
