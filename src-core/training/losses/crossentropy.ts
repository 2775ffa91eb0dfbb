import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { asNumber, asRows, headScores, int64Code, probabilityMargin, rowSum } from './head.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs, SampleScores } from './sample-losses.ts'

/**
 * −Σ target · log(probability) over the classes: from the scores before Softmax or LogSoftmax where the head ends in one,
 * otherwise from probabilities scaled to sum 1 and clipped, as Keras does. Accuracy is whether the largest score is at the
 * target's class.
 */
export function crossentropy(inputs: LossInputs, outputLoss: OutputLoss): SampleScores {
  const { builder, prediction } = inputs
  const scores = headScores(inputs, outputLoss, ['Softmax', 'LogSoftmax'])
  const logProbabilities = scores
    ? builder.apply('LogSoftmax', [scores], { axis: 1 })
    : logOfProbabilities(builder, prediction)
  const byIndex = outputLoss.target === 'classIndex'
  const target = asRows(builder, inputs.target)
  const share = byIndex
    ? minusOneAtClass(builder, target, prediction.shape[1] ?? 1)
    : builder.apply('Neg', [target])
  const loss = rowSum(builder, builder.apply('Mul', [logProbabilities, share]))
  const expected = byIndex ? castToInt64(builder, target) : largest(builder, target)
  const hit = builder.apply('Equal', [largest(builder, scores ?? prediction), expected])
  return { loss, metrics: new Map([['accuracy', asNumber(builder, hit)]]) }
}

function logOfProbabilities(builder: GraphBuilder, prediction: TensorValue): TensorValue {
  const sum = rowSum(builder, prediction)
  const probabilities = builder.apply('Div', [prediction, sum])
  const low = builder.scalar(probabilityMargin)
  const high = builder.scalar(1 - probabilityMargin)
  return builder.apply('Log', [builder.apply('Clip', [probabilities, low, high])])
}

/** −1 at the class of each row, 0 elsewhere; all 0 for an index outside the classes. */
function minusOneAtClass(builder: GraphBuilder, column: TensorValue, classes: number): TensorValue {
  const indices = builder.constant(
    'int32',
    [1, classes],
    Int32Array.from({ length: classes }, (_, index) => index),
    'classes',
  )
  const isClass = builder.apply('Equal', [column, indices])
  return builder.apply('Where', [isClass, builder.scalar(-1), builder.scalar(0)])
}

function castToInt64(builder: GraphBuilder, value: TensorValue): TensorValue {
  return builder.apply('Cast', [value], { to: int64Code })
}

/** Index of the largest value of each row (the first of equals), int64 [batch, 1]. */
function largest(builder: GraphBuilder, rows: TensorValue): TensorValue {
  return builder.apply('ArgMax', [rows], { axis: 1, keepdims: 1 })
}
