import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { NamedTensor } from '../../src-core/tensor-graph/types.ts'
import { buildTrainStep } from '../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../src-core/training/initializers.ts'
import { resolveLosses } from '../../src-core/training/losses/resolve-loss.ts'
import { fillUniform } from '../../src-core/training/random.ts'
import { optimizerSchema } from '../../src-core/training/run-config.ts'
import { documentOf, type LayerLine, leNet, mlp, planOf, smallResNet } from '../support/models.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference } from '../support/reference-interpreter/compare.ts'
import { type Batch, train } from '../support/train-loop.ts'

const steps = 20
const batchSize = 32

/** Batches with something to learn: the class is where the brightest of the first values is. */
function randomBatches(sampleSize: number, classes: number, count: number): Batch[] {
  return Array.from({ length: count }, (_, batch) => {
    const features = new Float32Array(batchSize * sampleSize)
    fillUniform(features, 11, 'batch', batch)
    const targets = Int32Array.from({ length: batchSize }, (_, row) => {
      const sample = features.subarray(row * sampleSize, row * sampleSize + classes)
      return sample.indexOf(Math.max(...sample))
    })
    return { features: { input: features }, targets: { output: targets } }
  })
}

/** Batches of words; the class is the remainder of the first word. */
function wordBatches(steps: number, vocabulary: number, classes: number, count: number): Batch[] {
  return randomBatches(steps, classes, count).map(({ features }) => {
    const words = (features.input ?? new Float32Array()).map((value) => Math.floor(value * vocabulary))
    const targets = Int32Array.from({ length: batchSize }, (_, row) => (words[row * steps] ?? 0) % classes)
    return { features: { input: words }, targets: { output: targets } }
  })
}

const vocabulary = 50

/** Layers between an input of twelve words and a softmax over four classes. */
function textNet(...body: readonly LayerLine[]): readonly LayerLine[] {
  return [
    ['input', 'input', { shape: [12] }],
    ...body,
    ['head', 'dense', { units: 4, activation: 'softmax' }],
    ['output', 'output'],
  ]
}

const words: LayerLine = ['embedding', 'embedding', { inputDim: vocabulary, outputDim: 8 }]

function encode(data: Float32Array | Int32Array, shape: readonly number[]) {
  return { shape, base64: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') }
}

function encodeTensor({ data, shape }: NamedTensor) {
  if (!(data instanceof Float32Array)) throw new Error('weights are float32')
  return encode(data, shape)
}

const resultSchema = z.object({ losses: z.array(z.number()) })

const curves = new LargestDifference()
afterAll(() => curves.save('training-curves', '20 Adam steps from equal weights, against PyTorch'))

async function compare(name: string, lines: readonly LayerLine[]): Promise<number> {
  const plan = planOf(documentOf(name, lines))
  const classes = plan.layers.at(-1)?.outputShape[0] ?? 0
  const inputShape = plan.layers[0]?.outputShape ?? []
  const sampleSize = inputShape.reduce((product, size) => product * size, 1)
  const optimizer = optimizerSchema.parse({ kind: 'adam' })
  const losses = resolveLosses(plan, new Map([['output', { kind: 'category', classes, name: 'label' }]]))
  if (!losses.ok) throw new Error(losses.problems[0]?.message)
  const step = buildTrainStep({
    plan,
    optimizer,
    losses: losses.value,
    normalization: new Map(),
    batchSize,
    stepsPerRun: 1,
  })
  const weights = initializeWeights(plan, 3)
  const readsWords = lines.some(([, kind]) => /embedding/i.test(kind))
  const batches = readsWords
    ? wordBatches(sampleSize, vocabulary, classes, steps)
    : randomBatches(sampleSize, classes, steps)
  const ours = await train(step, weights, batches, { learningRate: optimizer.learningRate })
  const theirs = resultSchema.parse(
    await runPython('tests/parity/torch-training.py', {
      input: {
        layers: plan.layers,
        weights: Object.fromEntries([...weights].map(([key, tensor]) => [key, encodeTensor(tensor)])),
        optimizer,
        batches: batches.map(({ features, targets }) => ({
          features: encode(features.input ?? new Float32Array(), [batchSize, ...inputShape]),
          targets: encode(Int32Array.from(targets.output ?? []), [batchSize]),
        })),
      },
    }),
  )
  expect(theirs.losses).toHaveLength(steps)
  const differences = theirs.losses.map((loss, index) => {
    return Math.abs((ours.means[index]?.loss ?? Number.NaN) - loss) / loss
  })
  const largest = Math.max(...differences)
  curves.record(largest, name)
  console.log(
    `${name}: loss ${theirs.losses[0]?.toFixed(4)} → ${theirs.losses.at(-1)?.toFixed(4)}, ` +
      `largest relative difference to PyTorch over ${steps} steps ${largest.toExponential(1)}`,
  )
  return largest
}

describeWithPython('loss curves of 20 Adam steps against PyTorch', () => {
  describe('relative difference at every step', () => {
    it.each<[string, readonly LayerLine[]]>([
      ['MLP 64-32-16-4', mlp(64, [32, 16], 4)],
      ['LeNet', leNet()],
      ['ResNet with batch normalisation', smallResNet()],
      [
        'two LSTMs',
        textNet(
          words,
          ['first', 'lstm', { units: 10, returnSequences: true }],
          ['second', 'lstm', { units: 7 }],
        ),
      ],
      ['GRU', textNet(words, ['gru', 'gru', { units: 10 }])],
      [
        'two transformer blocks',
        textNet(
          ['embedding', 'tokenAndPositionEmbedding', { inputDim: vocabulary, outputDim: 8 }],
          ['a', 'transformerEncoder', { numHeads: 2, intermediateDim: 16 }],
          ['b', 'transformerEncoder', { numHeads: 4, intermediateDim: 16, useCausalMask: true }],
          ['pool', 'globalAveragePooling1d'],
        ),
      ],
    ])('%s is below 1e-4', async (name, lines) => {
      expect(await compare(name, lines)).toBeLessThan(1e-4)
    })
  })
})
