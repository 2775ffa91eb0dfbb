import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { generatorDocument } from '../../../src-core/training/recipes/generator-document.ts'
import { sampleCatalogue } from '../../../src-main/datasets/sample-catalogue.ts'

const folder = new URL('../../../resources/templates/', import.meta.url)
const files = readdirSync(folder)

function read(file: string): { text: string; document: ModelDocument } {
  const text = readFileSync(new URL(file, folder), 'utf8')
  const result = parseDocument(text)
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'))
  return { text, document: result.value }
}

function layersOf(file: string) {
  return read(file).document.layers.map(({ kind, parameters }) => ({ kind, ...parameters }))
}

describe('templates', () => {
  it.each(files)(
    '%s validates without problems, is bound to a sample and is written as the app writes',
    (file) => {
      const { text, document } = read(file)
      expect(compileModel(document).problems).toEqual([])
      expect(sampleCatalogue.map(({ name }) => name)).toContain(document.dataset?.name)
      expect(document.description).not.toBe('')
      expect(serialiseDocument(document)).toBe(text)
    },
  )

  it('model 1: dense 32 relu, dense 1 sigmoid; binary cross-entropy, Adam 1e-3, batches of 32, 10 epochs', () => {
    expect(layersOf('binary-classifier.loom.json')).toEqual([
      { kind: 'input', shape: [30] },
      { kind: 'dense', units: 32, activation: 'relu' },
      { kind: 'dense', units: 1, activation: 'sigmoid' },
      { kind: 'output', loss: 'binaryCrossentropy' },
    ])
    const { training } = read('binary-classifier.loom.json').document
    expect(training).toMatchObject({
      epochs: 10,
      batchSize: 32,
      optimizer: { kind: 'adam', learningRate: 0.001 },
    })
    expect(training.split.validation).toBeGreaterThan(0)
  })

  it('model 2: the digits network with its 320 flat values; Adam 1e-3, 8,000/1,000/1,000 of MNIST-10k', () => {
    const { document } = read('handwritten-digits.loom.json')
    const { plan } = compileModel(document)
    expect(plan?.layers.map(({ kind, outputShape }) => `${kind} ${outputShape.join('×')}`)).toEqual([
      'input 1×28×28',
      'conv2d 10×24×24',
      'maxPooling2d 10×12×12',
      'conv2d 20×8×8',
      'maxPooling2d 20×4×4',
      'flatten 320',
      'dense 50',
      'dropout 50',
      'dense 10',
      'output 10',
    ])
    expect(layersOf('handwritten-digits.loom.json').at(-2)).toMatchObject({ activation: 'logSoftmax' })
    expect(document.training).toMatchObject({
      epochs: 10,
      batchSize: 32,
      optimizer: { kind: 'adam', learningRate: 0.001 },
      split: { train: 0.8, validation: 0.1, test: 0.1 },
      // As in the PyTorch example the network comes from: (pixel − mean) / deviation.
      normalization: 'standard',
    })
  })

  it('the GAN: noise to digits of 28 × 28, and a discriminator of one raw score, without a target', () => {
    const { document } = read('gan.loom.json')
    const { plan } = compileModel(document)
    const generator = compileModel(generatorDocument(document) ?? document).plan
    expect(generator?.layers.at(-1)).toMatchObject({ kind: 'output', outputShape: [1, 28, 28] })
    expect(plan?.layers.at(-1)).toMatchObject({ kind: 'output', outputShape: [1] })
    expect(plan?.recipe).toMatchObject({ kind: 'adversarial' })
  })

  it('the contrastive encoder: augmentation first, a projection last', () => {
    const { plan } = compileModel(read('contrastive.loom.json').document)
    expect(plan?.recipe).toMatchObject({ kind: 'contrastive' })
    expect(plan?.layers.slice(1, 4).map(({ kind }) => kind)).toEqual([
      'randomCrop',
      'randomRotation',
      'randomZoom',
    ])
    expect(plan?.layers.at(-1)?.outputShape).toEqual([32])
  })
})

it('docs/templates.md lists them all (run with --update to write it)', async () => {
  const rows = files.map((file) => {
    const { document } = read(file)
    const parameters = (compileModel(document).plan?.parameterCount ?? 0).toLocaleString('en')
    return `| ${document.name} | ${document.description} | ${document.dataset?.name} | ${parameters} |`
  })
  const page = `# Templates

Models to start from, each bound to data that ships with the app or is made up by it. They are documents in
\`resources/templates\`; \`npm run -s cli -- train resources/templates/NAME.loom.json\` trains one without a window.

| template | what it is | data | parameters |
|---|---|---|---:|
${rows.join('\n')}
`
  await expect(page).toMatchFileSnapshot('../../../docs/templates.md')
})
