import type { Tensor } from '@tensorflow/tfjs'
import { elementCount } from '../../../../../src-core/tensor-graph/types.ts'
import type { OperatorNode, TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'

/** The k largest (or smallest) elements along an axis, in order, and where they stand. */
const topK: TensorflowOperator = (node) => {
  const { tf } = node
  const { shape } = node.input(0)
  const axis = node.axis(node.number('axis', -1), shape.length)
  const count = node.requiredIntegers(1)[0] ?? node.fail('input 1 is missing')
  const swapped = [...shape.keys()].with(axis, shape.length - 1).with(shape.length - 1, axis)
  const largest = node.number('largest', 1) === 1
  const pick = picker(node, shape[axis] ?? 1)
  return (x) => {
    const last = tf.transpose(x(0), swapped)
    // Negated and detached: TensorFlow.js finds the largest only, and takes no gradient of it.
    const sought = largest ? last : tf.neg(last)
    const detached = node.differentiable ? tf.tensor(sought.dataSync(), sought.shape, sought.dtype) : sought
    const { indices } = tf.topk(detached, count, true)
    return [tf.transpose(pick(last, indices), swapped), tf.transpose(indices, swapped)]
  }
}

/** Picks elements along the last axis, each row its own. */
function picker(node: OperatorNode, size: number): (x: Tensor, indices: Tensor) => Tensor {
  const { tf } = node
  const rows = elementCount(node.input(0).shape) / size
  const starts = node.lastingIntegers(
    Array.from({ length: rows }, (_, row) => row * size),
    [rows, 1],
  )
  return (x, indices) => {
    const flat = tf.add(tf.reshape(indices, [rows, -1]), starts)
    return tf.reshape(tf.gather(tf.reshape(x, [-1]), flat), indices.shape)
  }
}

export const topKOperators: TensorflowOperatorFamily = { TopK: topK }
