import type { TargetDescription } from '../../../src-core/training/losses/output-loss.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import type { LossKind, MetricKind } from '../../../src-core/training/run-config.ts'

export const [samples, steps, tokens] = [9, 7, 12]

/** One loss, and metrics, over the steps of sequences. What a step says is a row of a table, chosen by its token. */
export interface SequenceCase {
  readonly activation: 'softmax' | 'logSoftmax' | 'sigmoid' | 'linear' | 'tanh'
  readonly loss: LossKind | 'auto'
  readonly labelSmoothing?: number
  readonly metrics: readonly MetricKind[]
  readonly width: number
  readonly target: TargetDescription
  /** Token 0 is padding, which does not count. */
  readonly masked: boolean
  readonly weighted: boolean
}

/** Random values of a stream of their own, as float32. */
export function uniform(key: string, count: number, low: number, high: number): Float32Array {
  const values = new Float32Array(count)
  fillUniform(values, 6, key, 0)
  return values.map((value) => low + (high - low) * value)
}

const category = (classes: number): TargetDescription => ({ kind: 'category', classes, name: 'next', steps })
const numbers = (width: number) =>
  ({ kind: 'number', width: steps * width, name: 'values' }) satisfies TargetDescription
const shares = (width: number): TargetDescription => ({ ...numbers(width), minimum: 0, maximum: 1 })

const ofClasses = [
  'accuracy',
  'sparseCategoricalAccuracy',
  'topKAccuracy',
  'precision',
  'recall',
  'f1',
  'auc',
  'perplexity',
  'klDivergence',
] as const
const ofNumbers = [
  'meanAbsoluteError',
  'meanSquaredError',
  'rootMeanSquaredError',
  'r2',
  'cosineSimilarity',
] as const

const classes = {
  activation: 'softmax',
  loss: 'sparseCategoricalCrossentropy',
  metrics: ofClasses,
  width: 5,
  target: category(5),
  masked: true,
  weighted: true,
} as const

export const sequenceCases: Readonly<Record<string, SequenceCase>> = {
  'cross-entropy of indices, every step': { ...classes, masked: false, weighted: false },
  'cross-entropy of indices, every step, weights': { ...classes, masked: false },
  'cross-entropy of indices, padding': { ...classes, loss: 'auto', weighted: false },
  'cross-entropy of indices, padding, weights': classes,
  'cross-entropy of indices, raw scores': { ...classes, activation: 'linear' },
  'cross-entropy of indices, log-softmax, smoothed': {
    ...classes,
    activation: 'logSoftmax',
    labelSmoothing: 0.1,
    weighted: false,
  },
  'focal cross-entropy of indices': { ...classes, loss: 'categoricalFocalCrossentropy' },
  'KL divergence of indices': { ...classes, loss: 'klDivergence' },
  'KL divergence of shares': { ...classes, loss: 'klDivergence', metrics: ['accuracy'], target: shares(5) },
  'cross-entropy of shares, every step': {
    ...classes,
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy', 'klDivergence'],
    target: shares(5),
    masked: false,
  },
  'hinge of indices': {
    ...classes,
    activation: 'linear',
    loss: 'categoricalHinge',
    metrics: ['accuracy', 'precision'],
  },
  'dice of indices': { ...classes, loss: 'dice', metrics: ['accuracy', 'recall'] },
  'yes or no': {
    ...classes,
    activation: 'sigmoid',
    loss: 'auto',
    metrics: ['accuracy', 'precision', 'recall', 'auc'],
    width: 1,
    target: category(2),
  },
  'yes or no, focal': {
    ...classes,
    activation: 'sigmoid',
    loss: 'binaryFocalCrossentropy',
    metrics: ['accuracy', 'f1'],
    width: 1,
    target: category(2),
    masked: false,
  },
  'squares of numbers, padding': {
    ...classes,
    activation: 'linear',
    loss: 'auto',
    metrics: ofNumbers,
    width: 3,
    target: numbers(3),
  },
  'squares of numbers, every step': {
    ...classes,
    activation: 'linear',
    loss: 'meanSquaredError',
    metrics: ofNumbers,
    width: 3,
    target: numbers(3),
    masked: false,
    weighted: false,
  },
  'Huber loss of numbers': {
    ...classes,
    activation: 'tanh',
    loss: 'huber',
    metrics: ['meanAbsoluteError'],
    width: 2,
    target: numbers(2),
  },
  'directions of numbers': {
    ...classes,
    activation: 'linear',
    loss: 'cosineSimilarity',
    metrics: ofNumbers,
    width: 3,
    target: numbers(3),
  },
}
