import type { LossParameters } from '../../../src-core/training/losses/loss-parameters.ts'
import type { OutputLoss } from '../../../src-core/training/losses/output-loss.ts'
import { fillUniform } from '../../../src-core/training/random.ts'

export const rows = 12

/** One comparison of a loss with its reference. */
export interface LossCase {
  readonly loss: OutputLoss['kind']
  readonly head: 'Softmax' | 'Sigmoid' | 'Softplus' | 'none'
  /** What goes into the head, one row per sample. */
  readonly scores: readonly (readonly number[])[]
  /** Class indices, or rows of values. */
  readonly targets: readonly number[] | readonly (readonly number[])[]
  readonly sampleWeight: readonly number[]
  readonly parameters?: Partial<LossParameters>
  /** The head is none because the loss takes raw scores. */
  readonly fromScores?: boolean
  /**
   * Scores so large that Keras would clip probabilities: the reference is the formula itself in double precision, from
   * scores.
   */
  readonly saturated?: boolean
}

/** Random values of a stream of their own, as float32. */
export function table(key: string, width: number, low: number, high: number): number[][] {
  const values = new Float32Array(rows * width)
  fillUniform(values, 8, key, 0)
  return Array.from({ length: rows }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width), (u) => Math.fround(low + (high - low) * u)),
  )
}

export const sampleWeight = table('weights', 1, 0, 2).map(([value = 0]) => value)

export const labels = (classes: number) =>
  table('labels', 1, 0, classes).map(([value = 0]) => Math.floor(value))

export const oneHot = (classes: number) =>
  labels(classes).map((label) => Array.from({ length: classes }, (_, index) => (index === label ? 1 : 0)))

/** Rows that sum to 1. */
export const shares = (width: number) =>
  table('shares', width, 0.01, 1).map((row) => {
    const sum = row.reduce((total, value) => total + value, 0)
    return row.map((value) => Math.fround(value / sum))
  })

export const yesOrNo = (key: string, width: number) =>
  table(key, width, 0, 2).map((row) => row.map(Math.floor))

type Rest = Omit<LossCase, 'loss' | 'sampleWeight'>

const classes = (loss: LossCase['loss'], rest: Partial<Rest> = {}): LossCase => ({
  loss,
  head: 'Softmax',
  scores: table(`${loss} scores`, 4, -6, 6),
  targets: oneHot(4),
  sampleWeight,
  ...rest,
})

const units = (loss: LossCase['loss'], rest: Partial<Rest> = {}): LossCase => ({
  loss,
  head: 'Sigmoid',
  scores: table(`${loss} scores`, 3, -8, 8),
  targets: yesOrNo(`${loss} targets`, 3),
  sampleWeight,
  ...rest,
})

const numbers = (loss: LossCase['loss'], rest: Partial<Rest> = {}): LossCase => ({
  loss,
  head: 'none',
  scores: table(`${loss} scores`, 3, -5, 5),
  targets: table(`${loss} targets`, 3, -5, 5),
  sampleWeight,
  ...rest,
})

const saturatedClasses = { scores: table('saturated classes', 4, -90, 90), saturated: true }
const saturatedUnits = { scores: table('saturated units', 3, -90, 90), saturated: true }
const given = { head: 'none', scores: table('given', 4, 0.01, 1) } as const
const givenUnits = { head: 'none', scores: table('given units', 3, 0.01, 0.99) } as const
const raw = { head: 'none', fromScores: true } as const
const smooth = { parameters: { labelSmoothing: 0.1 } }

const crossentropies: Record<string, LossCase> = {
  'sparse categorical cross-entropy behind softmax': classes('sparseCategoricalCrossentropy', {
    scores: table('a', 5, -6, 6),
    targets: labels(5),
  }),
  'sparse categorical cross-entropy, smoothed': classes('sparseCategoricalCrossentropy', {
    targets: labels(4),
    ...smooth,
  }),
  'sparse categorical cross-entropy, saturated': classes('sparseCategoricalCrossentropy', {
    targets: labels(4),
    ...saturatedClasses,
  }),
  'categorical cross-entropy behind softmax': classes('categoricalCrossentropy'),
  'categorical cross-entropy of raw scores': classes('categoricalCrossentropy', raw),
  'categorical cross-entropy of shares': classes('categoricalCrossentropy', { targets: shares(4) }),
  'categorical cross-entropy of given probabilities': classes('categoricalCrossentropy', given),
  'categorical cross-entropy, smoothed': classes('categoricalCrossentropy', smooth),
  'categorical cross-entropy, saturated and smoothed': classes('categoricalCrossentropy', {
    ...saturatedClasses,
    ...smooth,
  }),
  'categorical focal cross-entropy': classes('categoricalFocalCrossentropy'),
  'categorical focal cross-entropy of class indices': classes('categoricalFocalCrossentropy', {
    targets: labels(4),
    parameters: { focalAlpha: 0.6, focalGamma: 3.5 },
  }),
  'categorical focal cross-entropy of given probabilities': classes('categoricalFocalCrossentropy', given),
  'categorical focal cross-entropy, smoothed': classes('categoricalFocalCrossentropy', smooth),
  'categorical focal cross-entropy, saturated': classes('categoricalFocalCrossentropy', saturatedClasses),
  'categorical focal cross-entropy with gamma 0.5, saturated': classes('categoricalFocalCrossentropy', {
    ...saturatedClasses,
    parameters: { focalGamma: 0.5 },
  }),
  'categorical focal cross-entropy with gamma 0': classes('categoricalFocalCrossentropy', {
    parameters: { focalGamma: 0 },
  }),
  'Kullback-Leibler divergence of shares': classes('klDivergence', { targets: shares(4) }),
  'Kullback-Leibler divergence of one class': classes('klDivergence'),
  'Kullback-Leibler divergence of given shares': classes('klDivergence', {
    head: 'none',
    scores: shares(4).toReversed(),
    targets: shares(4),
  }),
  'Kullback-Leibler divergence, saturated': classes('klDivergence', {
    ...saturatedClasses,
    targets: shares(4),
  }),
}

const binary: Record<string, LossCase> = {
  'binary cross-entropy behind sigmoid': units('binaryCrossentropy'),
  'binary cross-entropy of raw scores': units('binaryCrossentropy', raw),
  'binary cross-entropy of given probabilities': units('binaryCrossentropy', givenUnits),
  'binary cross-entropy, smoothed': units('binaryCrossentropy', smooth),
  'binary cross-entropy, saturated': units('binaryCrossentropy', saturatedUnits),
  'binary focal cross-entropy': units('binaryFocalCrossentropy'),
  'binary focal cross-entropy of given probabilities': units('binaryFocalCrossentropy', givenUnits),
  'binary focal cross-entropy, balanced and smoothed': units('binaryFocalCrossentropy', {
    parameters: { focalAlpha: 0.3, focalGamma: 1.5, classBalancing: true, labelSmoothing: 0.2 },
  }),
  'binary focal cross-entropy, saturated': units('binaryFocalCrossentropy', saturatedUnits),
  'binary focal cross-entropy with gamma 0.5, saturated': units('binaryFocalCrossentropy', {
    ...saturatedUnits,
    parameters: { focalGamma: 0.5 },
  }),
  'dice loss behind sigmoid': units('dice'),
  'dice loss behind softmax': classes('dice'),
  'dice loss of raw scores': units('dice', raw),
  'dice loss of raw scores for classes': classes('dice', { ...raw, targets: labels(4) }),
  'dice loss of an empty target': units('dice', { targets: table('none', 3, 0, 0) }),
  'dice loss, saturated': units('dice', saturatedUnits),
  'tversky loss': units('tversky'),
  'tversky loss, unequal': units('tversky', { parameters: { tverskyAlpha: 0.3, tverskyBeta: 0.9 } }),
  'tversky loss of raw scores for classes': classes('tversky', { ...raw, targets: labels(4) }),
}

const margins: Record<string, LossCase> = {
  'hinge of 0 and 1': units('hinge', { head: 'none', scores: table('hinge', 3, -3, 3) }),
  'hinge of −1 and 1': units('hinge', {
    head: 'none',
    scores: table('hinge', 3, -3, 3),
    targets: yesOrNo('hinge targets', 3).map((row) => row.map((value) => 2 * value - 1)),
  }),
  'squared hinge': units('squaredHinge', { head: 'none', scores: table('squared hinge', 3, -3, 3) }),
  'categorical hinge': classes('categoricalHinge', { head: 'none', scores: table('margins', 4, -3, 3) }),
  'categorical hinge of class indices': classes('categoricalHinge', {
    head: 'none',
    scores: table('margins', 4, -3, 3),
    targets: labels(4),
  }),
}

const regression: Record<string, LossCase> = {
  'mean squared error': numbers('meanSquaredError'),
  'mean absolute error': numbers('meanAbsoluteError'),
  'mean absolute percentage error': numbers('meanAbsolutePercentageError'),
  'mean absolute percentage error of a target that is 0': numbers('meanAbsolutePercentageError', {
    targets: table('zeros', 3, 0, 0),
    scores: table('tiny', 3, 1e-7, 1e-6),
  }),
  'mean squared logarithmic error': numbers('meanSquaredLogarithmicError', {
    scores: table('logarithms', 3, -1, 9),
    targets: table('logarithm targets', 3, 0, 9),
  }),
  'huber loss': numbers('huber'),
  'huber loss with delta 3': numbers('huber', { parameters: { delta: 3 } }),
  'log-cosh loss': numbers('logCosh'),
  'log-cosh loss of large errors': numbers('logCosh', { scores: table('far', 3, -400, 400) }),
  'poisson loss': numbers('poisson', { head: 'Softplus', targets: table('counts', 3, 0, 9) }),
  'cosine similarity': numbers('cosineSimilarity'),
  'cosine similarity of a target that is 0': numbers('cosineSimilarity', {
    targets: table('zeros', 3, 0, 0),
  }),
}

const embedding = (loss: LossCase['loss'], rest: Partial<Rest> = {}): LossCase => ({
  loss,
  head: 'none',
  scores: table(`${loss} points`, 5, -2, 2),
  targets: labels(4),
  sampleWeight,
  ...rest,
})

const apart = labels(4).map((label) => [0, 1, 2, 3, 4].map((axis) => (axis === label ? 3 : 0)))

const embeddings: Record<string, LossCase> = {
  'triplet loss': embedding('tripletSemiHard'),
  'triplet loss with margin 1': embedding('tripletSemiHard', { parameters: { margin: 1 } }),
  'triplet loss of samples that are alike': embedding('tripletSemiHard', {
    scores: table('close', 5, 1, 1.1),
    parameters: { margin: 0.5 },
  }),
  'triplet loss of classes that are apart': embedding('tripletSemiHard', { scores: apart }),
  'triplet loss of one class': embedding('tripletSemiHard', { targets: new Array<number>(rows).fill(2) }),
  'supervised contrastive loss': embedding('supervisedContrastive'),
  'supervised contrastive loss at temperature 0.5': embedding('supervisedContrastive', {
    parameters: { temperature: 0.5 },
  }),
  'supervised contrastive loss at temperature 0.01': embedding('supervisedContrastive', {
    parameters: { temperature: 0.01 },
  }),
  'supervised contrastive loss of lonely samples': embedding('supervisedContrastive', {
    targets: Array.from({ length: rows }, (_, index) => (index >> 1 === 3 ? 3 : index)),
  }),
}

/** Every loss, in every form in which it is computed. */
export const lossCases: Readonly<Record<string, LossCase>> = {
  ...crossentropies,
  ...binary,
  ...margins,
  ...regression,
  ...embeddings,
}
