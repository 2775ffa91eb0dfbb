import { expect, it } from 'vitest'
import { modelDocumentSchema } from '../../../src-core/document/model-document.ts'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { buildForwardStep } from '../../../src-core/training/build-forward-step.ts'
import { readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import type { InputNormalization } from '../../../src-core/training/normalization.ts'
import { openWorkspaceReadOnly } from '../../../src-main/workspace/open.ts'
import { type Pictures, realDigits } from '../../support/digit-pictures.ts'
import { inRows } from '../../support/gan.ts'
import { linearProbe, type Rows } from '../../support/linear-probe.ts'
import { documentOf, type LayerLine, planOf } from '../../support/models.ts'
import { runOnnx } from '../../support/run-onnx.ts'
import { trainingPlace } from './support/training-place.ts'

const strided = { kernelSize: [5, 5], strides: [2, 2], activation: 'relu' }

const encoder: readonly LayerLine[] = [
  ['image', 'input', { shape: [1, 28, 28] }],
  ['crop', 'randomCrop', { padding: 3 }],
  ['rotation', 'randomRotation', { degrees: 20 }],
  ['zoom', 'randomZoom'],
  ['conv1', 'conv2d', { filters: 8, ...strided }],
  ['conv2', 'conv2d', { filters: 16, ...strided }],
  ['flat', 'flatten'],
  ['features', 'dense', { units: 48, activation: 'relu' }],
]
const projection: readonly LayerLine[] = [
  ['projection', 'dense', { units: 24 }],
  ['embedding', 'output'],
]
const settings = {
  epochs: 3,
  batchSize: 128,
  optimizer: { kind: 'adam', learningRate: 0.002 },
  split: { train: 0.8, validation: 0.1, test: 0.1 },
  engine: 'cpu',
  recipe: { kind: 'contrastive', temperature: 0.2 },
}

/** What the encoder makes of pictures of the digits sample, which hold values from 0 to 1. */
async function featuresOf(
  tensors: ReadonlyMap<string, NamedTensor>,
  normalization: ReadonlyMap<string, InputNormalization>,
  { rows }: Pictures,
): Promise<Rows> {
  const plan = planOf(documentOf('encoder', [...encoder, ['output', 'output']]))
  const step = buildForwardStep({ plan, normalization, batchSize: rows.length })
  const raw = Float32Array.from(rows.flatMap((row) => Array.from(row, (value) => 255 * value)))
  const feeds = Object.fromEntries([
    ...[...step.features.values()].map(({ input }) => [input, raw] as const),
    ...[...step.weights].map(
      ([name, { input }]) => [input, tensors.get(name)?.data ?? new Float32Array()] as const,
    ),
  ])
  const results = await runOnnx(step.graph, feeds)
  return inRows(results[step.predictions.get('output') ?? '']?.data ?? [], 48)
}

it('learns without labels what a few labels can be put on', async () => {
  const place = trainingPlace([])
  expect((await place.application.datasets.addSample('mnist')).ok).toBe(true)
  const document = modelDocumentSchema.parse({
    ...documentOf('digits', [...encoder, ...projection]),
    dataset: { name: 'mnist' },
    training: settings,
  })
  const { runId, detail } = await place.train(document)
  expect(detail.run.status).toBe('finished')
  expect(Object.keys(detail.epochs[0]?.validation ?? {}).sort()).toEqual(['loss', 'otherViewFound'])

  const stored = openWorkspaceReadOnly(place.file).checkpoints.last(runId)
  const checkpoint = stored && readCheckpoint(stored.bytes)
  if (!checkpoint?.ok) throw new Error('the run has no weights')
  const { preparation, tensors } = checkpoint.value
  const all = realDigits(place.file, 1600)
  const accuracyOf = async (weights: ReadonlyMap<string, NamedTensor>) => {
    const features = await featuresOf(weights, preparation, all)
    const part = (from: number, to: number) => ({
      rows: features.slice(from, to),
      labels: all.labels.slice(from, to),
    })
    // A hundred labels, about ten a digit.
    return linearProbe(part(0, 100), part(100, 1600), 10)
  }
  const trained = await accuracyOf(tensors)
  const untrained = await accuracyOf(initializeWeights(planOf(document), document.training.seed))
  console.info(`linear probe of 100 labels: ${untrained} untrained, ${trained} after 3 epochs without labels`)
  expect(trained).toBeGreaterThan(0.65)
  expect(trained).toBeGreaterThan(untrained + 0.12)
  const found = detail.epochs.map(({ validation }) => validation?.otherViewFound ?? 0)
  // Told by chance it would be one of 255.
  expect(found.at(-1)).toBeGreaterThan(0.25)
  expect(found.at(-1)).toBeGreaterThan(found[0] ?? 1)
})
