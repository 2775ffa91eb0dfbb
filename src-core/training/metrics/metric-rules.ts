import type { MetricKind } from '../run-config.ts'
import type { StatisticKind } from './statistics.ts'

/** How a metric's value follows from sums over samples. */
export const readingKinds = [
  'mean',
  'root',
  'exponential',
  'precision',
  'recall',
  'f1',
  'meanIou',
  'auc',
  'prAuc',
  'r2',
  'ratio',
] as const
export type ReadingKind = (typeof readingKinds)[number]

/** What a metric can measure. */
export type MetricNeed =
  /** A loss of classes. */
  | 'classes'
  /** A loss of classes whose units answer for themselves. */
  | 'units'
  /** A loss of classes that exclude each other. */
  | 'exclusive'
  /** The same, with a category as target. */
  | 'categories'
  /** A loss of classes that states probabilities. */
  | 'probabilities'
  /** A loss of classes that exclude each other, with probabilities. */
  | 'distribution'
  /** A target that is numbers. */
  | 'numbers'
  /** A target that is several numbers. */
  | 'vector'
  /** A loss of labels that are read from steps. */
  | 'labels'

export interface MetricRule {
  /** The name people read. */
  readonly title: string
  /** Between 0 and 1, and read as a percentage. */
  readonly isShare: boolean
  readonly statistic: StatisticKind
  readonly reading: ReadingKind
  readonly needs: MetricNeed
}

const share = (
  title: string,
  statistic: StatisticKind,
  reading: ReadingKind,
  needs: MetricNeed,
): MetricRule => ({
  title,
  isShare: true,
  statistic,
  reading,
  needs,
})
const size = (
  title: string,
  statistic: StatisticKind,
  reading: ReadingKind,
  needs: MetricNeed,
): MetricRule => ({
  title,
  isShare: false,
  statistic,
  reading,
  needs,
})

export const metricRules: Readonly<Record<MetricKind, MetricRule>> = {
  accuracy: share('Accuracy', 'accuracy', 'mean', 'classes'),
  meanAbsoluteError: size('Mean absolute error', 'meanAbsoluteError', 'mean', 'numbers'),
  binaryAccuracy: share('Binary accuracy', 'binaryAccuracy', 'mean', 'units'),
  categoricalAccuracy: share('Categorical accuracy', 'categoricalAccuracy', 'mean', 'exclusive'),
  sparseCategoricalAccuracy: share(
    'Sparse categorical accuracy',
    'categoricalAccuracy',
    'mean',
    'categories',
  ),
  topKAccuracy: share('Top-k accuracy', 'topKAccuracy', 'mean', 'exclusive'),
  precision: share('Precision', 'confusion', 'precision', 'classes'),
  recall: share('Recall', 'confusion', 'recall', 'classes'),
  f1: share('F1', 'confusion', 'f1', 'classes'),
  auc: size('AUC (ROC)', 'scoreHistogram', 'auc', 'probabilities'),
  prAuc: size('AUC (precision-recall)', 'scoreHistogram', 'prAuc', 'probabilities'),
  meanSquaredError: size('Mean squared error', 'meanSquaredError', 'mean', 'numbers'),
  rootMeanSquaredError: size('Root mean squared error', 'meanSquaredError', 'root', 'numbers'),
  meanAbsolutePercentageError: size(
    'Mean absolute percentage error',
    'meanAbsolutePercentageError',
    'mean',
    'numbers',
  ),
  r2: size('R²', 'squares', 'r2', 'numbers'),
  cosineSimilarity: size('Cosine similarity', 'cosineSimilarity', 'mean', 'vector'),
  perplexity: size('Perplexity', 'crossentropy', 'exponential', 'distribution'),
  klDivergence: size('Kullback-Leibler divergence', 'klDivergence', 'mean', 'distribution'),
  iou: share('IoU', 'confusion', 'meanIou', 'units'),
  meanIou: share('Mean IoU', 'sides', 'meanIou', 'classes'),
  sequenceAccuracy: share('Sequence accuracy', 'sequenceAccuracy', 'mean', 'labels'),
  labelErrorRate: size('Label error rate', 'labelErrors', 'ratio', 'labels'),
}
