import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { classScores, unitScores } from '../losses/class-probabilities.ts'
import { asNumber, asRows, int64Code, rowMean } from '../losses/head.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import type { LossInputs } from '../losses/sample-losses.ts'
import { targetRows } from '../losses/target-rows.ts'

/** 1 where the largest score is at the target's class, else 0. keras.metrics.(sparse_)categorical_accuracy. */
export function categoricalAccuracy(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const isRight = builder.apply('Equal', [largestClass(inputs, loss), targetClass(inputs, loss)])
  return asNumber(builder, isRight)
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

/** The class that a model tells, int64 [batch, 1]: that of the largest score, the first of equals. */
export function largestClass(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder, prediction } = inputs
  return largest(builder, classScores(inputs, loss) ?? asRows(builder, prediction))
}

/** The class that is so, int64 [batch, 1]; of values, the largest. */
export function targetClass({ builder, target }: LossInputs, loss: OutputLoss): TensorValue {
  const rows = asRows(builder, target)
  return loss.target === 'classIndex'
    ? builder.apply('Cast', [rows], { to: int64Code })
    : largest(builder, rows)
}

function largest(builder: GraphBuilder, rows: TensorValue): TensorValue {
  return builder.apply('ArgMax', [rows], { axis: 1, keepdims: 1 })
}
