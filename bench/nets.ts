import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { fillUniform } from '../src-core/training/random.ts'
import { type LayerLine, leNet, mlp } from '../tests/support/models.ts'

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
  ]
}
