import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'

/** Each sample's share of a mean over the batch, [batch, 1], from sample weights [batch]. */
export function sampleShares(builder: GraphBuilder, sampleWeight: TensorValue): TensorValue {
  const [batch = 1] = sampleWeight.shape
  const column = builder.apply('Reshape', [sampleWeight, builder.integers([batch, 1])])
  // A batch whose weights are all zero teaches nothing; the bound keeps it from dividing by zero.
  const weightSum = builder.apply('Max', [
    builder.apply('ReduceSum', [sampleWeight], { keepdims: 0 }),
    builder.scalar(1e-12),
  ])
  return builder.apply('Div', [column, weightSum])
}

/** Σ share · value over a batch of values [batch, 1], a scalar. */
export function sharedMean(builder: GraphBuilder, values: TensorValue, shares: TensorValue): TensorValue {
  return builder.apply('ReduceSum', [builder.apply('Mul', [values, shares])], { keepdims: 0 })
}

/**
 * Sums over rows (samples, or steps of them), weighted by [rows] or [rows, 1]: of 1, then of columns [rows, n] each.
 * The result is [1, 1 + Σ n].
 */
export function weightedSums(
  builder: GraphBuilder,
  rowWeight: TensorValue,
  columns: readonly TensorValue[],
): TensorValue {
  const [rows = 1] = rowWeight.shape
  const ones = builder.constant('float32', [rows, 1], new Float32Array(rows).fill(1), 'ones')
  const table = builder.apply('Concat', [ones, ...columns], { axis: 1 })
  const row = builder.apply('Reshape', [rowWeight, builder.integers([1, rows])])
  return builder.apply('MatMul', [row, table])
}

/** The sum of scalars or columns; `undefined` when there is nothing to add. */
export function sumOf(builder: GraphBuilder, terms: readonly TensorValue[]): TensorValue | undefined {
  const [first, ...rest] = terms
  return first && rest.reduce((sum, term) => builder.apply('Add', [sum, term]), first)
}
