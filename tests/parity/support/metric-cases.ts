import type { TargetDescription } from '../../../src-core/training/losses/output-loss.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import type { LossKind, MetricKind } from '../../../src-core/training/run-config.ts'

/** More than two batches and a short one. */
export const samples = 150
export const batchSize = 64

/** Metrics of one output over random samples with weights. */
export interface MetricCase {
  readonly activation: 'softmax' | 'logSoftmax' | 'sigmoid' | 'linear'
  readonly loss: LossKind | 'auto'
  readonly metrics: readonly MetricKind[]
  readonly target: TargetDescription
  /** What goes into the activation, a row per sample. */
  readonly scores: readonly (readonly number[])[]
  /** Class indices, or rows of values. */
  readonly targets: readonly number[] | readonly (readonly number[])[]
  readonly sampleWeight: readonly number[]
}

function table(key: string, width: number, low: number, high: number): number[][] {
  const values = new Float32Array(samples * width)
  fillUniform(values, 5, key, 0)
  return Array.from({ length: samples }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width), (u) => Math.fround(low + (high - low) * u)),
  )
}

const sampleWeight = table('weights', 1, 0.1, 3).map(([value = 0]) => value)
const labels = (classes: number) => table('labels', 1, 0, classes).map(([value = 0]) => Math.floor(value))
const category = (classes: number): TargetDescription => ({ kind: 'category', classes, name: 'class' })

/** Scores that lean towards the right class, as those of a trained model do. */
const leaning = (classes: number, spread: number) =>
  table('scores', classes, -spread, spread).map((row, at) =>
    row.map((value, index) => Math.fround(value + (labels(classes)[at] === index ? spread / 3 : 0))),
  )

const numbers = { kind: 'number', width: 3, name: 'numbers' } as const
const masks = table('masks', 4, 0, 1.6).map((row) => row.map(Math.floor))
const maskTarget: TargetDescription = { kind: 'number', width: 4, name: 'mask', minimum: 0, maximum: 1 }

const exclusive = [
  'accuracy',
  'categoricalAccuracy',
  'sparseCategoricalAccuracy',
  'topKAccuracy',
  'precision',
  'recall',
  'f1',
  'auc',
  'prAuc',
  'meanIou',
  'perplexity',
  'klDivergence',
] as const
const unitwise = [
  'accuracy',
  'binaryAccuracy',
  'precision',
  'recall',
  'f1',
  'auc',
  'prAuc',
  'iou',
  'meanIou',
] as const
const regression = [
  'meanAbsoluteError',
  'meanSquaredError',
  'rootMeanSquaredError',
  'meanAbsolutePercentageError',
  'r2',
  'cosineSimilarity',
] as const

const classifier = {
  loss: 'auto',
  metrics: exclusive,
  target: category(7),
  targets: labels(7),
  sampleWeight,
} as const
const masked = { loss: 'binaryCrossentropy', target: maskTarget, targets: masks, sampleWeight } as const

export const metricCases: Readonly<Record<string, MetricCase>> = {
  'seven classes behind softmax': { ...classifier, activation: 'softmax', scores: leaning(7, 4) },
  'seven classes behind log-softmax': { ...classifier, activation: 'logSoftmax', scores: leaning(7, 4) },
  'seven classes from raw scores': { ...classifier, activation: 'linear', scores: leaning(7, 4) },
  'seven classes, smoothed': {
    ...classifier,
    activation: 'softmax',
    loss: 'categoricalFocalCrossentropy',
    scores: leaning(7, 2),
  },
  'seven classes, saturated': {
    ...classifier,
    activation: 'softmax',
    // Keras clips probabilities in divergence and perplexity.
    metrics: exclusive.filter((metric) => metric !== 'perplexity' && metric !== 'klDivergence'),
    scores: leaning(7, 120),
  },
  'two classes by one sigmoid': {
    activation: 'sigmoid',
    loss: 'auto',
    metrics: unitwise,
    target: category(2),
    targets: labels(2),
    scores: table('one', 1, -5, 5),
    sampleWeight,
  },
  'two classes by one raw score': {
    activation: 'linear',
    loss: 'binaryFocalCrossentropy',
    metrics: unitwise,
    target: category(2),
    targets: labels(2),
    scores: table('one', 1, -5, 5),
    sampleWeight,
  },
  'masks behind sigmoid': {
    ...masked,
    metrics: unitwise,
    activation: 'sigmoid',
    scores: table('m', 4, -5, 5),
  },
  'masks, saturated': {
    ...masked,
    metrics: unitwise,
    activation: 'sigmoid',
    scores: table('m', 4, -150, 150),
  },
  'masks with dice loss': {
    ...masked,
    loss: 'dice',
    metrics: [...unitwise, 'meanSquaredError', 'meanAbsoluteError'],
    activation: 'linear',
    scores: table('m', 4, -5, 5),
  },
  'hinge loss': {
    ...masked,
    loss: 'hinge',
    metrics: ['accuracy', 'precision', 'recall', 'f1', 'iou', 'meanIou'],
    activation: 'linear',
    scores: table('m', 4, -3, 3),
  },
  numbers: {
    activation: 'linear',
    loss: 'huber',
    metrics: regression,
    target: numbers,
    scores: table('n', 3, -5, 5),
    targets: table('n targets', 3, -5, 5),
    sampleWeight,
  },
  'prices far from zero': {
    activation: 'linear',
    loss: 'meanSquaredError',
    metrics: regression,
    target: {
      ...numbers,
      centres: [
        { mean: 200_000, width: 1 },
        { mean: 3, width: 1 },
        { mean: -70_000, width: 1 },
      ],
    },
    scores: table('p', 3, -300, 300).map(([a = 0, b = 0, c = 0]) =>
      [200_000 + a, 3 + b / 300, c - 70_000].map(Math.fround),
    ),
    targets: table('p targets', 3, -900, 900).map(([a = 0, b = 0, c = 0]) =>
      [200_000 + a, 3 + b / 300, c - 70_000].map(Math.fround),
    ),
    sampleWeight,
  },
}
