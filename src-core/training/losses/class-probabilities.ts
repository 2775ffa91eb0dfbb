import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { asRows, headScores, probabilityMargin, rowSum } from './head.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs } from './sample-losses.ts'

const softmaxOperators = ['Softmax', 'LogSoftmax']

/** The scores of one unit per class, [batch, classes]; `undefined` when there are only probabilities. */
export function classScores(inputs: LossInputs, loss: OutputLoss): TensorValue | undefined {
  return headScores(inputs, loss, softmaxOperators)
}

/**
 * Logarithms of the probabilities of classes that exclude each other, [batch, classes]: from scores where there are any,
 * otherwise from probabilities scaled to sum 1 and clipped, as Keras does.
 */
export function logClassProbabilities(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder, prediction } = inputs
  const scores = classScores(inputs, loss)
  if (scores) return builder.apply('LogSoftmax', [scores], { axis: 1 })
  return builder.apply('Log', [clipped(builder, normalised(builder, asRows(builder, prediction)))])
}

/** Probabilities of classes that exclude each other, [batch, classes], each row of sum 1. */
export function classProbabilities(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder, prediction } = inputs
  const scores = classScores(inputs, loss)
  if (scores) return builder.apply('Softmax', [scores], { axis: 1 })
  return normalised(builder, asRows(builder, prediction))
}

/** Scores of units that each stand for themselves, [batch, units]; `undefined` when there are only probabilities. */
export function unitScores(inputs: LossInputs, loss: OutputLoss): TensorValue | undefined {
  const scores = headScores(inputs, loss, ['Sigmoid'])
  return scores && asRows(inputs.builder, scores)
}

/** The probability that each unit states for itself, [batch, units]. */
export function unitProbabilities(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder, prediction } = inputs
  const rows = asRows(builder, prediction)
  return loss.fromScores ? builder.apply('Sigmoid', [rows]) : rows
}

/** Keeps probabilities away from 0 and 1, as Keras does. */
export function clipped(builder: GraphBuilder, probabilities: TensorValue): TensorValue {
  const bounds = [builder.scalar(probabilityMargin), builder.scalar(1 - probabilityMargin)]
  return builder.apply('Clip', [probabilities, ...bounds])
}

function normalised(builder: GraphBuilder, rows: TensorValue): TensorValue {
  return builder.apply('Div', [rows, rowSum(builder, rows)])
}
