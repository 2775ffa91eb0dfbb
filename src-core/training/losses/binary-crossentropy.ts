import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { asNumber, asRows, float32Code, headScores, probabilityMargin, rowMean } from './head.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs, SampleScores } from './sample-losses.ts'

/**
 * −(target · log(p) + (1 − target) · log(1 − p)), averaged over the units: softplus(score) − score · target where the head
 * ends in Sigmoid, otherwise from probabilities clipped as Keras does. Accuracy is the share of units on the right side
 * of one half.
 */
export function binaryCrossentropy(inputs: LossInputs, outputLoss: OutputLoss): SampleScores {
  const { builder } = inputs
  const scores = headScores(inputs, outputLoss, ['Sigmoid'])
  const rows = asRows(builder, scores ?? inputs.prediction)
  const target = targetRows(builder, inputs.target, outputLoss.target, rows)
  const loss = scores ? fromScores(builder, rows, target) : fromProbabilities(builder, rows, target)
  const saysYes = builder.apply('Greater', [rows, builder.scalar(scores ? 0 : 0.5)])
  const isYes = builder.apply('Greater', [target, builder.scalar(0.5)])
  const right = asNumber(builder, builder.apply('Equal', [saysYes, isYes]))
  return { loss: rowMean(builder, loss), metrics: new Map([['accuracy', rowMean(builder, right)]]) }
}

function targetRows(
  builder: GraphBuilder,
  target: TensorValue,
  form: OutputLoss['target'],
  like: TensorValue,
): TensorValue {
  if (form === 'values') return asRows(builder, target)
  const column = asRows(builder, target)
  const units = like.shape[1] ?? 1
  // One unit: the index itself is 0 or 1. Several: one unit per class, 1 at the sample's own.
  if (units === 1) return builder.apply('Cast', [column], { to: float32Code })
  const indices = Int32Array.from({ length: units }, (_, index) => index)
  const classes = builder.constant('int32', [1, units], indices, 'classes')
  return asNumber(builder, builder.apply('Equal', [column, classes]))
}

function fromScores(builder: GraphBuilder, scores: TensorValue, target: TensorValue): TensorValue {
  const softplus = builder.apply('Softplus', [scores])
  return builder.apply('Sub', [softplus, builder.apply('Mul', [scores, target])])
}

function fromProbabilities(builder: GraphBuilder, rows: TensorValue, target: TensorValue): TensorValue {
  const one = builder.scalar(1)
  const bounds = [builder.scalar(probabilityMargin), builder.scalar(1 - probabilityMargin)]
  const probability = builder.apply('Clip', [rows, ...bounds])
  const yes = builder.apply('Mul', [target, builder.apply('Log', [probability])])
  const otherwise = builder.apply('Log', [builder.apply('Sub', [one, probability])])
  const no = builder.apply('Mul', [builder.apply('Sub', [one, target]), otherwise])
  return builder.apply('Neg', [builder.apply('Add', [yes, no])])
}
