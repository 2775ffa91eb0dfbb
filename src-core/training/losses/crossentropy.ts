import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { focalPower } from './binary-crossentropy.ts'
import { classScores, logClassProbabilities } from './class-probabilities.ts'
import { asRows, probabilityMargin, rowSum } from './head.ts'
import { defaultLossParameters } from './loss-parameters.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs } from './sample-losses.ts'
import { isClass, smoothed, targetRows } from './target-rows.ts'

/**
 * −Σ target · log(probability) over the classes: from the scores before Softmax or LogSoftmax where the head ends in one,
 * otherwise from probabilities scaled to sum 1 and clipped, as Keras does. Label smoothing as in Keras; for class indices
 * it is the same, which is PyTorch's.
 */
export function crossentropy(inputs: LossInputs, outputLoss: OutputLoss): TensorValue {
  const { builder } = inputs
  const logarithms = logClassProbabilities(inputs, outputLoss)
  return rowSum(builder, builder.apply('Mul', [logarithms, negatedTarget(inputs, outputLoss)]))
}

/**
 * −Σ alpha · (1 − p)^gamma · target · log(p) over the classes: what is known already counts little.
 * keras.losses.categorical_focal_crossentropy; for class indices too.
 */
export function categoricalFocalCrossentropy(inputs: LossInputs, outputLoss: OutputLoss): TensorValue {
  const { builder } = inputs
  const { focalAlpha, focalGamma } = { ...defaultLossParameters, ...outputLoss.parameters }
  const logarithms = logClassProbabilities(inputs, outputLoss)
  const rest = builder.apply('Sub', [builder.scalar(1), builder.apply('Exp', [logarithms])])
  const factor = builder.apply('Mul', [focalPower(builder, rest, focalGamma), builder.scalar(focalAlpha)])
  const losses = builder.apply('Mul', [logarithms, negatedTarget(inputs, outputLoss)])
  return rowSum(builder, builder.apply('Mul', [factor, losses]))
}

/**
 * Σ target · (log target − log p) over the classes. Targets, and probabilities that come from elsewhere, are clipped to
 * 1e-7 … 1 and not scaled. keras.losses.kl_divergence.
 */
export function klDivergence(inputs: LossInputs, outputLoss: OutputLoss): TensorValue {
  const { builder, prediction } = inputs
  const rows = targetRows(builder, inputs.target, outputLoss.target, prediction.shape[1] ?? 1)
  const bounds = [builder.scalar(probabilityMargin), builder.scalar(1)]
  const target = builder.apply('Clip', [rows, ...bounds])
  const logarithms = classScores(inputs, outputLoss)
    ? logClassProbabilities(inputs, outputLoss)
    : builder.apply('Log', [builder.apply('Clip', [prediction, ...bounds])])
  const ratio = builder.apply('Sub', [builder.apply('Log', [target]), logarithms])
  return rowSum(builder, builder.apply('Mul', [target, ratio]))
}

function negatedTarget({ builder, prediction, target }: LossInputs, outputLoss: OutputLoss): TensorValue {
  const { labelSmoothing } = { ...defaultLossParameters, ...outputLoss.parameters }
  const classes = prediction.shape[1] ?? 1
  if (labelSmoothing > 0) {
    const rows = targetRows(builder, target, outputLoss.target, classes)
    return builder.apply('Neg', [smoothed(builder, rows, labelSmoothing, classes)])
  }
  const rows = asRows(builder, target)
  return outputLoss.target === 'classIndex'
    ? minusOneAtClass(builder, rows, classes)
    : builder.apply('Neg', [rows])
}

/** −1 at the class of each row, 0 elsewhere; all 0 for an index outside the classes. */
function minusOneAtClass(builder: GraphBuilder, column: TensorValue, classes: number): TensorValue {
  return builder.apply('Where', [isClass(builder, column, classes), builder.scalar(-1), builder.scalar(0)])
}
