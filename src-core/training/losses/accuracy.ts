import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { classScores, unitScores } from './class-probabilities.ts'
import { asNumber, asRows, int64Code, rowMean } from './head.ts'
import { lossRules } from './loss-rules.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs } from './sample-losses.ts'
import { targetRows } from './target-rows.ts'

/** Whether the units of a class loss stand for classes that exclude each other; otherwise each answers for itself. */
export function areExclusive({ kind, target }: OutputLoss, units: number): boolean {
  const { classes } = lossRules[kind]
  return classes === 'categorical' || (classes === 'either' && target === 'classIndex' && units > 1)
}

/** Share of a sample's decisions that are right, [batch, 1]: the class of the largest score, or unit by unit. */
export function accuracy(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const exclusive = areExclusive(loss, inputs.prediction.shape[1] ?? 1)
  return exclusive ? categoricalAccuracy(inputs, loss) : binaryAccuracy(inputs, loss)
}

/** 1 where the largest score is at the target's class, else 0. keras.metrics.(sparse_)categorical_accuracy. */
export function categoricalAccuracy(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder, prediction } = inputs
  const target = asRows(builder, inputs.target)
  const expected =
    loss.target === 'classIndex'
      ? builder.apply('Cast', [target], { to: int64Code })
      : largest(builder, target)
  const found = largest(builder, classScores(inputs, loss) ?? asRows(builder, prediction))
  return asNumber(builder, builder.apply('Equal', [found, expected]))
}

/** Share of the units on the right side of one half (of zero for scores). keras.metrics.binary_accuracy. */
export function binaryAccuracy(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const { says, is } = unitDecisions(inputs, loss)
  return rowMean(builder, asNumber(builder, builder.apply('Equal', [says, is])))
}

/** What each unit says and what is so, both bool [batch, units]. */
export function unitDecisions(inputs: LossInputs, loss: OutputLoss) {
  const { builder, prediction } = inputs
  const scores = unitScores(inputs, loss)
  const rows = scores ?? asRows(builder, prediction)
  const threshold = scores || isMargin(loss) ? 0 : 0.5
  const target = targetRows(builder, inputs.target, loss.target, rows.shape[1] ?? 1)
  return {
    says: builder.apply('Greater', [rows, builder.scalar(threshold)]),
    is: builder.apply('Greater', [target, builder.scalar(0.5)]),
  }
}

/** Hinge losses decide by the sign, whatever the head. */
function isMargin({ kind }: OutputLoss): boolean {
  return kind === 'hinge' || kind === 'squaredHinge'
}

/** Index of the largest value of each row (the first of equals), int64 [batch, 1]. */
function largest(builder: GraphBuilder, rows: TensorValue): TensorValue {
  return builder.apply('ArgMax', [rows], { axis: 1, keepdims: 1 })
}
