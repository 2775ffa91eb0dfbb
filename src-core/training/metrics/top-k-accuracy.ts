import type { TensorValue } from '../../tensor-graph/types.ts'
import { classScores } from '../losses/class-probabilities.ts'
import { asNumber, asRows, rowSum } from '../losses/head.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import type { LossInputs } from '../losses/sample-losses.ts'
import { isClass } from '../losses/target-rows.ts'
import { targetClass } from './accuracy.ts'

/** Keras's `k`. */
export const defaultTopK = 5

/** 1 where fewer than k scores are larger than that of the target's class, else 0. keras.metrics.top_k_categorical_accuracy. */
export function topKAccuracy(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder, prediction } = inputs
  const scores = classScores(inputs, loss) ?? asRows(builder, prediction)
  const is = isClass(builder, targetClass(inputs, loss), scores.shape[1] ?? 1)
  const own = rowSum(builder, builder.apply('Where', [is, scores, builder.scalar(0)]))
  const larger = rowSum(builder, asNumber(builder, builder.apply('Greater', [scores, own])))
  return asNumber(builder, builder.apply('Less', [larger, builder.scalar(loss.topK ?? defaultTopK)]))
}
