import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ort from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { type ModelDocument, modelDocumentSchema } from '../../../src-core/document/model-document.ts'
import { contactSheet, meanOf, nearest, realDigits, spread } from '../../support/digit-pictures.ts'
import { normalNoiseOf } from '../../support/gan.ts'
import { documentOf, type LayerLine } from '../../support/models.ts'
import { trainingPlace } from './support/training-place.ts'

const outputFolder = fileURLToPath(new URL('../../../test-results/gan/', import.meta.url))
/** A GAN of dense layers: what it makes is rougher than the template's, in a tenth of the time. */
const lines: readonly LayerLine[] = [
  ['image', 'input', { shape: [1, 28, 28] }],
  ['noise', 'noise', { shape: [24] }],
  ['g1', 'dense', { units: 128, activation: 'relu' }, 'noise'],
  ['g2', 'dense', { units: 256, useBias: false }],
  ['g2n', 'batchNormalization', { momentum: 0.9 }],
  ['g2r', 'activation', { activation: 'relu' }],
  ['g3', 'dense', { units: 784, activation: 'sigmoid' }],
  ['picture', 'reshape', { targetShape: [1, 28, 28] }],
  ['pair', 'adversarialPair', {}, 'image', 'picture'],
  ['flat', 'flatten'],
  ['d1', 'dense', { units: 128 }],
  ['d1r', 'leakyRelu', { negativeSlope: 0.2 }],
  ['drop', 'dropout', { rate: 0.3 }],
  ['d2', 'dense', { units: 1 }],
  ['judgement', 'output'],
]

function digitsGan(): ModelDocument {
  return modelDocumentSchema.parse({
    ...documentOf('digits', lines),
    dataset: { name: 'mnist' },
    training: {
      epochs: 6,
      batchSize: 64,
      optimizer: { kind: 'adam', learningRate: 0.001, beta1: 0.5 },
      split: { train: 0.96, validation: 0.02, test: 0.02 },
      normalization: 'minMax',
      engine: 'cpu',
      recipe: { kind: 'adversarial', labelSmoothing: 0.1 },
    },
  })
}

/** Pictures that an exported generator makes of noise. */
async function generate(file: string, count: number): Promise<Float32Array[]> {
  const session = await ort.InferenceSession.create(file, { logSeverityLevel: 3 })
  expect(session.inputNames).toEqual(['noise'])
  expect(session.outputNames).toEqual(['generated'])
  const noise = Float32Array.from(normalNoiseOf(['a', 'b'], [count, 24], 9, 0))
  const { generated } = await session.run({ noise: new ort.Tensor('float32', noise, [count, 24]) })
  await session.release()
  if (!(generated?.data instanceof Float32Array)) throw new Error('nothing was generated')
  const { data } = generated
  return Array.from({ length: count }, (_, row) => data.slice(row * 784, (row + 1) * 784))
}

it('a GAN learns to make digits, and its generator is exported', async () => {
  const place = trainingPlace([])
  const added = await place.application.datasets.addSample('mnist')
  expect(added.ok).toBe(true)
  const document = digitsGan()
  const { runId, detail } = await place.train(document)
  expect(detail.run.status).toBe('finished')

  mkdirSync(outputFolder, { recursive: true })
  const [trainedFile, freshFile] = ['trained', 'fresh'].map((name) => path.join(outputFolder, `${name}.onnx`))
  const exported = await place.application.exports.exportRun(runId, 'onnx', trainedFile ?? '')
  if (!exported.ok) throw new Error(exported.problems[0]?.message)
  expect(exported.value.comparedRows).toBeGreaterThan(0)
  expect(exported.value.largestDifference).toBeLessThan(1e-5)
  expect((await place.application.exports.exportDocument(document, 'onnx', freshFile ?? '')).ok).toBe(true)

  const count = 100
  const made = await generate(trainedFile ?? '', count)
  const untrained = await generate(freshFile ?? '', count)
  const real = realDigits(place.file, 2000)
  writeFileSync(path.join(outputFolder, 'digits.png'), contactSheet(made, 10))

  const sample = real.rows.slice(0, count)
  const others = real.rows.slice(count)
  const distanceToReal = (pictures: readonly Float32Array[]) =>
    meanOf(pictures.map((picture) => nearest(picture, others).distance))
  const brightness = (pictures: readonly Float32Array[]) => meanOf(pictures.map(meanOf))
  const shown = made.map((picture) => real.labels[count + nearest(picture, others).index])
  const figures = {
    brightness: [made, untrained, sample].map(brightness),
    distanceToReal: [made, untrained, sample].map(distanceToReal),
    spread: [made, untrained, sample].map(spread),
    digits: new Set(shown).size,
  }
  console.info(`generated, untrained, real: ${JSON.stringify(figures)}`)
  // As dark as real digits; an untrained generator gives grey.
  expect(figures.brightness[0]).toBeGreaterThan(0.4 * brightness(sample))
  expect(figures.brightness[0]).toBeLessThan(1.8 * brightness(sample))
  // Nearly as close to real digits as those are to each other.
  expect(figures.distanceToReal[0]).toBeLessThan(1.3 * distanceToReal(sample))
  expect(figures.distanceToReal[1]).toBeGreaterThan(2 * distanceToReal(sample))
  // Different from each other, and of many kinds: nothing has collapsed.
  expect(figures.spread[0]).toBeGreaterThan(0.4 * spread(sample))
  expect(figures.digits).toBeGreaterThanOrEqual(4)
})
