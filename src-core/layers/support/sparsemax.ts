import { sizeAt } from '../../shapes/axes.ts'
import { dataTypeCodes } from '../../tensor-graph/data-types.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'

/**
 * The probabilities nearest to x along an axis of a batched tensor; many are exactly 0: y = max(x − τ, 0) with τ such
 * that they add up to 1 (Martins and Astudillo, "From Softmax to Sparsemax", 2016).
 *
 * Sorting only decides which values are above τ. From those τ is computed once more, so that the gradient takes the way
 * of the paper and never goes through the sorting.
 */
export function sparsemax(builder: GraphBuilder, x: TensorValue, axis: number): TensorValue {
  const axes = builder.integers([axis])
  const one = builder.scalar(1)
  const total = (value: TensorValue) => builder.apply('ReduceSum', [value, axes], { keepdims: 1 })
  const asNumber = (truth: TensorValue) => builder.apply('Cast', [truth], { to: dataTypeCodes.float32 })
  const thresholdOf = (value: TensorValue, counted: TensorValue) => {
    const excess = builder.apply('Sub', [total(builder.apply('Mul', [value, counted])), one])
    return builder.apply('Div', [excess, total(counted)])
  }
  const { values, sums, ranks } = descending(builder, x, axis)
  const bound = builder.apply('Add', [builder.apply('Mul', [values, ranks]), one])
  const largest = asNumber(builder.apply('Greater', [bound, sums]))
  const above = asNumber(builder.apply('Greater', [x, thresholdOf(values, largest)]))
  return builder.apply('Relu', [builder.apply('Sub', [x, thresholdOf(x, above)])])
}

/** The values along an axis, largest first, their sums up to each, and their ranks from 1. */
function descending(builder: GraphBuilder, x: TensorValue, axis: number) {
  const size = sizeAt(x.shape, axis)
  const [values] = builder.applyMany('TopK', [x, builder.integers([size])], { axis }, 2)
  if (!values) throw new Error('TopK has no values')
  const behind = new Array<number>(x.shape.length - 1 - axis).fill(1)
  const numbers = Float32Array.from({ length: size }, (_, index) => index + 1)
  return {
    values,
    sums: builder.apply('CumSum', [
      values,
      builder.constant('int64', [], BigInt64Array.of(BigInt(axis)), 'axis'),
    ]),
    ranks: builder.constant('float32', [size, ...behind], numbers, 'ranks'),
  }
}
