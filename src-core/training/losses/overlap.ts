import type { TensorValue } from '../../tensor-graph/types.ts'
import { classProbabilities, unitProbabilities } from './class-probabilities.ts'
import { probabilityMargin, rowSum } from './head.ts'
import { defaultLossParameters } from './loss-parameters.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs } from './sample-losses.ts'
import { targetRows } from './target-rows.ts'

/**
 * 1 − 2 · Σ target · p / (Σ target + Σ p + 1e-7) over all values of a sample. keras.losses.dice with the axes of a sample.
 */
export function dice(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const { target, probability } = compared(inputs, loss)
  const common = rowSum(builder, builder.apply('Mul', [target, probability]))
  const all = builder.apply('Add', [rowSum(builder, target), rowSum(builder, probability)])
  return oneMinusShare(inputs, builder.apply('Mul', [common, builder.scalar(2)]), all)
}

/**
 * 1 − c / (c + alpha · Σ target · (1 − p) + beta · Σ p · (1 − target) + 1e-7) over all values of a sample, with
 * c = Σ target · p. keras.losses.tversky with the axes of a sample, which weighs the two sums in this order.
 */
export function tversky(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const { tverskyAlpha, tverskyBeta } = { ...defaultLossParameters, ...loss.parameters }
  const { target, probability } = compared(inputs, loss)
  const one = builder.scalar(1)
  const sum = (a: TensorValue, b: TensorValue) => rowSum(builder, builder.apply('Mul', [a, b]))
  const common = sum(target, probability)
  const missed = sum(target, builder.apply('Sub', [one, probability]))
  const wrong = sum(probability, builder.apply('Sub', [one, target]))
  const errors = builder.apply('Add', [
    builder.apply('Mul', [missed, builder.scalar(tverskyAlpha)]),
    builder.apply('Mul', [wrong, builder.scalar(tverskyBeta)]),
  ])
  return oneMinusShare(inputs, common, builder.apply('Add', [common, errors]))
}

function compared(inputs: LossInputs, loss: OutputLoss) {
  const { builder, prediction, target } = inputs
  const units = prediction.shape[1] ?? 1
  // Raw scores for classes that exclude each other go through softmax, everything else through sigmoid.
  const exclusive = loss.fromScores && loss.target === 'classIndex' && units > 1
  const probability = exclusive ? classProbabilities(inputs, loss) : unitProbabilities(inputs, loss)
  return { probability, target: targetRows(builder, target, loss.target, probability.shape[1] ?? 1) }
}

function oneMinusShare({ builder }: LossInputs, part: TensorValue, whole: TensorValue): TensorValue {
  const bounded = builder.apply('Add', [whole, builder.scalar(probabilityMargin)])
  return builder.apply('Sub', [builder.scalar(1), builder.apply('Div', [part, bounded])])
}
