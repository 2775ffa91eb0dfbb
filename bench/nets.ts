import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { fillUniform } from '../src-core/training/random.ts'
import { type LayerLine, leNet, mlp, resNet20 } from '../tests/support/models.ts'

/** One network of the bench with the data that every contender trains it on. */
export interface BenchNet {
  readonly name: string
  readonly title: string
  readonly lines: readonly LayerLine[]
  readonly batchSize: number
  readonly sampleShape: readonly number[]
  /** float32, sample after sample. */
  readonly features: Float32Array
  readonly labels: Int32Array
}

function sampleFile(name: string, headerBytes: number): Buffer {
  const file = fileURLToPath(new URL(`../resources/samples/${name}`, import.meta.url))
  return gunzipSync(readFileSync(file)).subarray(headerBytes)
}

/** The 10,000 handwritten digits that ship with the app, scaled to 0 … 1. */
function digits() {
  return {
    features: Float32Array.from(sampleFile('mnist-images-idx3-ubyte.gz', 16), (pixel) => pixel / 255),
    labels: Int32Array.from(sampleFile('mnist-labels-idx1-ubyte.gz', 8)),
  }
}

/** A table of random numbers; the class is the column of the largest of the first four. */
function table(rows: number, columns: number) {
  const features = new Float32Array(rows * columns)
  fillUniform(features, 1, 'bench', 0)
  const labels = Int32Array.from({ length: rows }, (_, row) => {
    const first = features.subarray(row * columns, row * columns + 4)
    return first.indexOf(Math.max(...first))
  })
  return { features, labels }
}

/** Pictures of noise, with a bright spot whose place tells the class. Whole numbers from 0 to 255, as pixels are. */
function pictures(count: number) {
  const size = 3 * 32 * 32
  const features = new Float32Array(count * size)
  fillUniform(features, 2, 'bench', 0)
  const labels = Int32Array.from({ length: count }, (_, index) => index % 10)
  for (let index = 0; index < features.length; index++) {
    features[index] = Math.floor((features[index] ?? 0) * 200)
  }
  for (const [index, label] of labels.entries()) {
    features.fill(255, index * size + 96 * label, index * size + 96 * label + 64)
  }
  return { features, labels }
}

/** Random words; the class tells whether the first is among the more frequent half. */
function texts(count: number, steps: number, vocabulary: number) {
  const features = new Float32Array(count * steps)
  fillUniform(features, 3, 'bench', 0)
  for (let index = 0; index < features.length; index++) {
    features[index] = Math.floor((features[index] ?? 0) * vocabulary)
  }
  const labels = Int32Array.from({ length: count }, (_, row) =>
    (features[row * steps] ?? 0) < vocabulary / 2 ? 0 : 1,
  )
  return { features, labels }
}

/** Template 5: three convolutions, two poolings, two dense layers. */
const cifarCnn: readonly LayerLine[] = [
  ['input', 'input', { shape: [3, 32, 32] }],
  ['conv0', 'conv2d', { filters: 32, kernelSize: [3, 3], activation: 'relu' }],
  ['pool0', 'maxPooling2d'],
  ['conv1', 'conv2d', { filters: 64, kernelSize: [3, 3], activation: 'relu' }],
  ['pool1', 'maxPooling2d'],
  ['conv2', 'conv2d', { filters: 64, kernelSize: [3, 3], activation: 'relu' }],
  ['flatten', 'flatten'],
  ['dense', 'dense', { units: 64, activation: 'relu' }],
  ['head', 'dense', { units: 10, activation: 'softmax' }],
  ['output', 'output'],
]

/** Template 4 without its dropout. */
const lstmText: readonly LayerLine[] = [
  ['input', 'input', { shape: [100] }],
  ['embedding', 'embedding', { inputDim: 10_000, outputDim: 16 }],
  ['lstm', 'lstm', { units: 64 }],
  ['head', 'dense', { units: 1, activation: 'sigmoid' }],
  ['output', 'output'],
]

const transformer: readonly LayerLine[] = [
  ['input', 'input', { shape: [128] }],
  ['embedding', 'tokenAndPositionEmbedding', { inputDim: 10_000, outputDim: 128 }],
  ...[0, 1, 2, 3].map(
    (index): LayerLine => [`block${index}`, 'transformerEncoder', { numHeads: 4, intermediateDim: 512 }],
  ),
  ['pool', 'globalAveragePooling1d'],
  ['head', 'dense', { units: 2, activation: 'softmax' }],
  ['output', 'output'],
]

export function benchNets(): BenchNet[] {
  const flat = mlp(784, [512, 256], 10).map((line): LayerLine => line)
  return [
    {
      name: 'lenet',
      title: 'LeNet (conv 10, pool, conv 20, pool, 50, dropout, 10), batch 64',
      lines: leNet(0.5),
      batchSize: 64,
      sampleShape: [1, 28, 28],
      ...digits(),
    },
    {
      name: 'mlp',
      title: 'MLP 784-512-256-10, batch 64',
      // The sample's images enter as images; flattening costs nobody anything.
      lines: [['input', 'input', { shape: [1, 28, 28] }], ['flatten', 'flatten'], ...flat.slice(1)],
      batchSize: 64,
      sampleShape: [1, 28, 28],
      ...digits(),
    },
    {
      name: 'small',
      title: 'MLP 32-64-64-4, batch 32',
      lines: mlp(32, [64, 64], 4),
      batchSize: 32,
      sampleShape: [32],
      ...table(16_000, 32),
    },
    {
      name: 'cifar',
      title: 'CIFAR CNN (conv 32, pool, conv 64, pool, conv 64, 64, 10) on 3×32×32, batch 64',
      lines: cifarCnn,
      batchSize: 64,
      sampleShape: [3, 32, 32],
      ...pictures(3200),
    },
    {
      name: 'resnet',
      title: 'ResNet-20 on 3×32×32, batch 64',
      lines: resNet20(),
      batchSize: 64,
      sampleShape: [3, 32, 32],
      ...pictures(640),
    },
    {
      name: 'lstm',
      title: 'LSTM text (100 words, embedding 16, LSTM 64, 1), batch 32',
      lines: lstmText,
      batchSize: 32,
      sampleShape: [100],
      ...texts(1600, 100, 10_000),
    },
    {
      name: 'transformer',
      title: 'Transformer (128 words, 4 blocks of 128 features, 4 heads), batch 16',
      lines: transformer,
      batchSize: 16,
      sampleShape: [128],
      ...texts(320, 128, 10_000),
    },
  ]
}
