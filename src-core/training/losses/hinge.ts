import type { TensorValue } from '../../tensor-graph/types.ts'
import { asRows, rowMean, rowSum } from './head.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs } from './sample-losses.ts'
import { targetRows } from './target-rows.ts'

/** Mean of max(1 − target · score, 0) over the units; targets are −1 and 1, and 0 stands for −1. keras.losses.hinge. */
export function hinge(inputs: LossInputs, loss: OutputLoss): TensorValue {
  return rowMean(inputs.builder, shortfall(inputs, loss))
}

/** Mean of max(1 − target · score, 0)² over the units. keras.losses.squared_hinge. */
export function squaredHinge(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const short = shortfall(inputs, loss)
  return rowMean(builder, builder.apply('Mul', [short, short]))
}

/** max(max((1 − target) · score) − Σ target · score + 1, 0) over the classes. keras.losses.categorical_hinge. */
export function categoricalHinge(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const scores = asRows(builder, inputs.prediction)
  const target = targetRows(builder, inputs.target, loss.target, scores.shape[1] ?? 1)
  const right = rowSum(builder, builder.apply('Mul', [target, scores]))
  const others = builder.apply('Mul', [builder.apply('Sub', [builder.scalar(1), target]), scores])
  const worst = builder.apply('ReduceMax', [others, builder.integers([1])], { keepdims: 1 })
  const short = builder.apply('Add', [builder.apply('Sub', [worst, right]), builder.scalar(1)])
  return builder.apply('Relu', [short])
}

/** By how much each unit misses a margin of 1 on its target's side. */
function shortfall({ builder, prediction, target }: LossInputs, loss: OutputLoss): TensorValue {
  const scores = asRows(builder, prediction)
  const rows = targetRows(builder, target, loss.target, scores.shape[1] ?? 1)
  const isZero = builder.apply('Equal', [rows, builder.scalar(0)])
  const side = builder.apply('Where', [isZero, builder.scalar(-1), rows])
  const gained = builder.apply('Mul', [side, scores])
  return builder.apply('Relu', [builder.apply('Sub', [builder.scalar(1), gained])])
}
