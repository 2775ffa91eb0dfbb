import type { TensorValue } from '../../tensor-graph/types.ts'
import { cosineSimilarity } from '../losses/cosine-similarity.ts'
import { crossentropy, klDivergence } from '../losses/crossentropy.ts'
import { areExclusive } from '../losses/loss-rules.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import { meanAbsoluteError, meanAbsolutePercentageError, meanSquaredError } from '../losses/regression.ts'
import type { LossInputs } from '../losses/sample-losses.ts'
import { binaryAccuracy, categoricalAccuracy } from './accuracy.ts'
import { confusion, sides } from './confusion.ts'
import { labelErrors, sequenceAccuracy } from './label-lists.ts'
import { statedValues } from './predicted-values.ts'
import { scoreHistogram } from './score-histogram.ts'
import { squares } from './squares.ts'
import { topKAccuracy } from './top-k-accuracy.ts'

/** What is summed up over samples; several metrics may be read from one statistic. */
export const statisticKinds = [
  'accuracy',
  'binaryAccuracy',
  'categoricalAccuracy',
  'topKAccuracy',
  'meanAbsoluteError',
  'meanSquaredError',
  'meanAbsolutePercentageError',
  'cosineSimilarity',
  'crossentropy',
  'klDivergence',
  'confusion',
  'sides',
  'scoreHistogram',
  'squares',
  'sequenceAccuracy',
  'labelErrors',
] as const
export type StatisticKind = (typeof statisticKinds)[number]

/** The columns of every sample, float32 [batch, columns]. */
type Statistic = (inputs: LossInputs, loss: OutputLoss) => TensorValue

const statistics: Readonly<Record<StatisticKind, Statistic>> = {
  accuracy: (inputs, loss) =>
    areExclusive(loss, inputs.prediction.shape[1] ?? 1)
      ? categoricalAccuracy(inputs, loss)
      : binaryAccuracy(inputs, loss),
  binaryAccuracy,
  categoricalAccuracy,
  topKAccuracy,
  meanAbsoluteError: ofValues(meanAbsoluteError),
  meanSquaredError: ofValues(meanSquaredError),
  meanAbsolutePercentageError: ofValues(meanAbsolutePercentageError),
  cosineSimilarity: ofValues(cosineSimilarity),
  // Smoothing is a means of training; perplexity is about the true classes.
  crossentropy: (inputs, { parameters: _smoothed, ...loss }) => crossentropy(inputs, loss),
  klDivergence,
  confusion,
  sides,
  scoreHistogram,
  squares: ofValues(squares),
  sequenceAccuracy,
  labelErrors,
}

/** Adds the nodes of a statistic. Their sums over samples are what metrics are read from. */
export function statisticColumns(kind: StatisticKind, inputs: LossInputs, loss: OutputLoss): TensorValue {
  return inputs.builder.scope(kind, () => statistics[kind](inputs, loss))
}

/** A statistic of numbers, where raw scores are first turned into the probabilities that they stand for. */
function ofValues(statistic: Statistic): Statistic {
  return (inputs, loss) => statistic({ ...inputs, prediction: statedValues(inputs, loss) }, loss)
}
