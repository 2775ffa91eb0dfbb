import type { LossKind } from '../run-config.ts'
import type { OutputLoss } from './output-loss.ts'

/** What a loss can compare, and which heads it needs for that. */
export interface LossRule {
  /** The loss's name at the start of a sentence. */
  readonly title: string
  /**
   * How a category is told: not at all, by one unit (two classes) or one unit per class on its own, by one unit per
   * class against each other, or by either; `embedding` compares samples of a batch by whether they share a class.
   */
  readonly classes: 'none' | 'binary' | 'categorical' | 'either' | 'embedding'
  /**
   * How numbers are compared: not at all, one by one whatever their shape, as one list of several per sample, or as labels
   * that the output's steps tell one after the other.
   */
  readonly numbers: 'none' | 'each' | 'list' | 'labels'
  /** Activations that the head may end in, the usual one first; any when absent. */
  readonly heads?: readonly string[]
  /** Bounds of targets that are numbers. */
  readonly range?: readonly [low: number, high: number]
}

const probabilityOfEach = { numbers: 'each', heads: ['sigmoid', 'linear'], range: [0, 1] } as const
const distribution = { numbers: 'list', heads: ['softmax', 'logSoftmax', 'linear'], range: [0, 1] } as const
const margin = { heads: ['linear', 'tanh'] } as const
const overlap = { numbers: 'each', heads: ['sigmoid', 'softmax', 'linear'], range: [0, 1] } as const
const difference = { classes: 'none', numbers: 'each' } as const
const fromZero = [0, Number.POSITIVE_INFINITY] as const

export const lossRules: Readonly<Record<LossKind, LossRule>> = {
  categoricalCrossentropy: {
    title: 'Categorical cross-entropy',
    classes: 'categorical',
    ...distribution,
  },
  sparseCategoricalCrossentropy: {
    title: 'Sparse categorical cross-entropy',
    classes: 'categorical',
    ...distribution,
    numbers: 'none',
  },
  binaryCrossentropy: { title: 'Binary cross-entropy', classes: 'binary', ...probabilityOfEach },
  meanSquaredError: { title: 'Mean squared error', ...difference },
  meanAbsoluteError: { title: 'Mean absolute error', ...difference },
  binaryFocalCrossentropy: { title: 'Binary focal cross-entropy', classes: 'binary', ...probabilityOfEach },
  categoricalFocalCrossentropy: {
    title: 'Categorical focal cross-entropy',
    classes: 'categorical',
    ...distribution,
  },
  klDivergence: { title: 'Kullback-Leibler divergence', classes: 'categorical', ...distribution },
  poisson: {
    title: 'Poisson loss',
    ...difference,
    // A rate is never negative.
    heads: ['softplus', 'exponential', 'relu', 'sigmoid', 'softmax'],
    range: fromZero,
  },
  meanAbsolutePercentageError: { title: 'Mean absolute percentage error', ...difference },
  meanSquaredLogarithmicError: { title: 'Mean squared logarithmic error', ...difference, range: fromZero },
  huber: { title: 'Huber loss', ...difference },
  logCosh: { title: 'Log-cosh loss', ...difference },
  cosineSimilarity: { title: 'Cosine similarity', classes: 'none', numbers: 'list' },
  hinge: { title: 'Hinge loss', classes: 'binary', numbers: 'each', ...margin, range: [-1, 1] },
  squaredHinge: {
    title: 'Squared hinge loss',
    classes: 'binary',
    numbers: 'each',
    ...margin,
    range: [-1, 1],
  },
  categoricalHinge: {
    title: 'Categorical hinge loss',
    classes: 'categorical',
    numbers: 'list',
    ...margin,
    range: [0, 1],
  },
  dice: { title: 'Dice loss', classes: 'either', ...overlap },
  tversky: { title: 'Tversky loss', classes: 'either', ...overlap },
  tripletSemiHard: { title: 'Triplet loss', classes: 'embedding', numbers: 'none' },
  supervisedContrastive: { title: 'Supervised contrastive loss', classes: 'embedding', numbers: 'none' },
  ctc: {
    title: 'Connectionist temporal classification',
    classes: 'none',
    numbers: 'labels',
    heads: ['linear', 'softmax', 'logSoftmax'],
  },
}

/** Whether a loss compares with classes, or with values that stand for them. */
export function isClassLoss(kind: LossKind): boolean {
  return lossRules[kind].classes !== 'none' && !isEmbeddingLoss(kind)
}

/** Whether a loss shapes an embedding: what the model says is a point, not a class. */
export function isEmbeddingLoss(kind: LossKind): boolean {
  return lossRules[kind].classes === 'embedding'
}

/** Whether a loss compares lists of labels: what the model says is read from all steps together. */
export function isLabelLoss(kind: LossKind): boolean {
  return lossRules[kind].numbers === 'labels'
}

/** Whether the units of a class loss stand for classes that exclude each other; otherwise each answers for itself. */
export function areExclusive({ kind, target }: Pick<OutputLoss, 'kind' | 'target'>, units: number): boolean {
  const { classes } = lossRules[kind]
  return classes === 'categorical' || (classes === 'either' && target === 'classIndex' && units > 1)
}
