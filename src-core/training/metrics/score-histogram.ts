import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { asNumber, int64Code } from '../losses/head.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import type { LossInputs } from '../losses/sample-losses.ts'
import { targetRows } from '../losses/target-rows.ts'
import { statedValues } from './predicted-values.ts'

/** Thresholds of keras.metrics.AUC: evenly spread from just below 0 to just above 1. */
export const thresholdCount = 200

/**
 * How many values of a sample lie between two thresholds, for those that should be 1 and for those that should not:
 * [batch, 2 · 200]. A value on a threshold belongs to the interval below it, as in keras.metrics.AUC.
 */
export function scoreHistogram(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const stated = statedValues(inputs, loss)
  const bins = intervals(builder, stated)
  const rows = targetRows(builder, inputs.target, loss.target, stated.shape[1] ?? 1)
  const isYes = builder.apply('Greater', [rows, builder.scalar(0.5)])
  const yes = asNumber(builder, isYes)
  const no = asNumber(builder, builder.apply('Not', [isYes]))
  return builder.apply('Concat', [count(builder, bins, yes), count(builder, bins, no)], { axis: 1 })
}

/** Index of the interval of each value. What is no number counts as 0: the loss tells about it. */
function intervals(builder: GraphBuilder, values: TensorValue): TensorValue {
  const zero = builder.scalar(0)
  const number = builder.apply('Where', [builder.apply('IsNaN', [values]), zero, values])
  const bounded = builder.apply('Clip', [number, zero, builder.scalar(1)])
  const scaled = builder.apply('Mul', [bounded, builder.scalar(thresholdCount - 1)])
  const below = builder.apply('Sub', [builder.apply('Ceil', [scaled]), builder.scalar(1)])
  return builder.apply('Cast', [builder.apply('Relu', [below])], { to: int64Code })
}

function count(builder: GraphBuilder, bins: TensorValue, ones: TensorValue): TensorValue {
  const batch = bins.shape[0] ?? 1
  const none = builder.constant(
    'float32',
    [batch, thresholdCount],
    new Float32Array(batch * thresholdCount),
    'none',
  )
  return builder.apply('ScatterElements', [none, bins, ones], { axis: 1, reduction: 'add' })
}
