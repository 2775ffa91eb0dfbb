import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { asNumber, asRows, float32Code } from './head.ts'
import type { OutputLoss } from './output-loss.ts'

/**
 * A target as float32 [batch, units]: values as they are; a class index as 1 at its unit and 0 at the others, or as the
 * index itself (0 or 1) where there is one unit. A row without a class is all 0.
 */
export function targetRows(
  builder: GraphBuilder,
  target: TensorValue,
  form: OutputLoss['target'],
  units: number,
): TensorValue {
  const rows = asRows(builder, target)
  if (form === 'values') return rows
  if (units === 1) return builder.apply('Cast', [rows], { to: float32Code })
  return asNumber(builder, isClass(builder, rows, units))
}

/** Whether a column of class indices (int32 or int64) names each of the classes, bool [batch, classes]. */
export function isClass(builder: GraphBuilder, column: TensorValue, classes: number): TensorValue {
  const indices = Int32Array.from({ length: classes }, (_, index) => index)
  const data = column.dtype === 'int64' ? BigInt64Array.from(indices, BigInt) : indices
  return builder.apply('Equal', [column, builder.constant(column.dtype, [1, classes], data, 'classes')])
}

/** target · (1 − smoothing) + smoothing / classes, as Keras smooths labels. Two classes share one unit. */
export function smoothed(
  builder: GraphBuilder,
  target: TensorValue,
  smoothing: number,
  classes: number,
): TensorValue {
  if (smoothing === 0) return target
  const kept = builder.apply('Mul', [target, builder.scalar(1 - smoothing)])
  return builder.apply('Add', [kept, builder.scalar(smoothing / classes)])
}
