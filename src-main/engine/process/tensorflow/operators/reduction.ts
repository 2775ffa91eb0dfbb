import type { Tensor } from '@tensorflow/tfjs'
import { reducedAxes } from '../../../../../src-core/tensor-graph/operators/reduction.ts'
import type { TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'
import type { TensorflowFunctions } from '../tensorflow-library.ts'

type Reduce = (tf: TensorflowFunctions, x: Tensor, axes: number[], keep: boolean) => Tensor

/** The result is of the input's type. */
function reduction(reduce: Reduce): TensorflowOperator {
  return (node) => {
    const axes = reducedAxes(node)
    const keep = node.number('keepdims', 1) === 1
    const { tf } = node
    return (x) => tf.cast(reduce(tf, x(0), axes, keep), x(0).dtype)
  }
}

/** Positions along one axis; of several equal ones the first, or the last. */
function argument(find: (tf: TensorflowFunctions, x: Tensor, axis: number) => Tensor): TensorflowOperator {
  return (node) => {
    const { tf } = node
    const axis = node.axis(node.number('axis', 0), node.input(0).shape.length)
    const shape = node.outputShape()
    const last = node.number('select_last_index', 0) === 1 ? node.size(0, axis) - 1 : undefined
    return (x) => {
      const found =
        last === undefined
          ? find(tf, x(0), axis)
          : tf.sub(tf.scalar(last, 'int32'), find(tf, tf.reverse(x(0), axis), axis))
      return tf.reshape(tf.cast(found, 'int32'), shape)
    }
  }
}

const cumulativeSum: TensorflowOperator = (node) => {
  const { tf } = node
  const { length } = node.input(0).shape
  const axis = node.axis(node.requiredIntegers(1)[0] ?? 0, length)
  // Along the last axis: elsewhere the gradient that TensorFlow.js takes has its axes exchanged.
  const swapped = [...Array(length).keys()].with(axis, length - 1).with(length - 1, axis)
  const exclusive = node.number('exclusive', 0) === 1
  const reverse = node.number('reverse', 0) === 1
  return (x) => {
    const sums = tf.cumsum(tf.transpose(x(0), swapped), length - 1, exclusive, reverse)
    return tf.transpose(sums, swapped)
  }
}

export const reductionOperators: TensorflowOperatorFamily = {
  ReduceSum: reduction((tf, x, axes, keep) => tf.sum(x, axes, keep)),
  ReduceMean: reduction((tf, x, axes, keep) => tf.mean(x, axes, keep)),
  ReduceMax: reduction((tf, x, axes, keep) => tf.max(x, axes, keep)),
  ReduceMin: reduction((tf, x, axes, keep) => tf.min(x, axes, keep)),
  ReduceSumSquare: reduction((tf, x, axes, keep) => tf.sum(tf.square(x), axes, keep)),
  ReduceL1: reduction((tf, x, axes, keep) => tf.sum(tf.abs(x), axes, keep)),
  ReduceL2: reduction((tf, x, axes, keep) => tf.sqrt(tf.cast(tf.sum(tf.square(x), axes, keep), 'float32'))),
  ReduceLogSumExp: reduction((tf, x, axes, keep) => tf.logSumExp(x, axes, keep)),
  ArgMax: argument((tf, x, axis) => tf.argMax(x, axis)),
  ArgMin: argument((tf, x, axis) => tf.argMin(x, axis)),
  CumSum: cumulativeSum,
}
