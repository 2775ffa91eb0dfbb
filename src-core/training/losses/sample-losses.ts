import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { LossKind } from '../run-config.ts'
import { binaryCrossentropy, binaryFocalCrossentropy } from './binary-crossentropy.ts'
import { cosineSimilarityLoss } from './cosine-similarity.ts'
import { categoricalFocalCrossentropy, crossentropy, klDivergence } from './crossentropy.ts'
import { ctc } from './ctc.ts'
import { supervisedContrastive, tripletSemiHard } from './embedding.ts'
import { categoricalHinge, hinge, squaredHinge } from './hinge.ts'
import { reduceValues } from './loss-reduction.ts'
import type { OutputLoss } from './output-loss.ts'
import { dice, tversky } from './overlap.ts'
import {
  huber,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
} from './regression.ts'

/** What a loss compares. */
export interface LossInputs {
  readonly builder: GraphBuilder
  /** The output layer's value, float32 [batch, ...shape]. */
  readonly prediction: TensorValue
  /** int32 [batch], float32 [batch, ...shape] or float32 [batch, labels], as the {@link OutputLoss} says. */
  readonly target: TensorValue
  /** Which steps are data and not padding, float32 [batch, steps], for what compares sequences as a whole. */
  readonly mask?: TensorValue | undefined
}

/** The loss of every sample, float32 [batch, 1]. */
type SampleLoss = (inputs: LossInputs, loss: OutputLoss) => TensorValue

const sampleLosses: Readonly<Record<LossKind, SampleLoss>> = {
  categoricalCrossentropy: crossentropy,
  sparseCategoricalCrossentropy: crossentropy,
  binaryCrossentropy,
  meanSquaredError,
  meanAbsoluteError,
  binaryFocalCrossentropy,
  categoricalFocalCrossentropy,
  klDivergence,
  poisson,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  huber,
  logCosh,
  cosineSimilarity: cosineSimilarityLoss,
  hinge,
  squaredHinge,
  categoricalHinge,
  dice,
  tversky,
  tripletSemiHard,
  supervisedContrastive,
  ctc,
}

/**
 * Adds the nodes that compare a prediction with its target and returns the loss of every sample, float32 [batch, 1].
 * Formulas of Keras 3, stable for saturated heads.
 */
export function sampleLoss(loss: OutputLoss, inputs: LossInputs): TensorValue {
  const mean = sampleLosses[loss.kind](inputs, loss)
  return reduceValues(inputs.builder, loss, inputs.prediction, mean)
}
