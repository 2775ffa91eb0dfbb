import type { Tensor } from '@tensorflow/tfjs'
import type { OperatorNode } from '../operator-node.ts'

/** Writes rows [updates, row] into data [rows, row] at positions [updates]. */
export type Scatter = (data: Tensor, positions: Tensor, updates: Tensor) => Tensor

const kernels = new Map([
  ['none', 'TensorScatterUpdate'],
  ['add', 'TensorScatterAdd'],
  ['max', 'TensorScatterMax'],
  ['min', 'TensorScatterMin'],
])

/**
 * TensorFlow's scatter kernel for an ONNX reduction. TensorFlow.js has no gradient for it: to be differentiable, the
 * same is written as products with one-hot rows ("none" and "add" only).
 */
export function scatter(node: OperatorNode, reduction: string): Scatter {
  const kernel = kernels.get(reduction) ?? node.fail(`reduction ${reduction} is not supported by TensorFlow`)
  if (node.differentiable) {
    if (reduction !== 'add' && reduction !== 'none')
      return node.fail(`reduction ${reduction} has no gradient`)
    return (data, positions, updates) => byProducts(node, data, positions, updates, reduction === 'none')
  }
  return (data, positions, updates) =>
    node.native(
      kernel,
      [data, node.tf.expandDims(positions, -1), updates],
      [node.typeAttribute('Tindices', 'int32')],
    )
}

function byProducts(
  { tf }: OperatorNode,
  data: Tensor,
  positions: Tensor,
  updates: Tensor,
  replace: boolean,
): Tensor {
  const rows = data.shape[0] ?? 0
  const hot = tf.cast(tf.oneHot(tf.cast(positions, 'int32'), rows), 'float32')
  const added = tf.matMul(hot, updates, true, false)
  if (!replace) return tf.add(data, added)
  const free = tf.sub(1, tf.max(hot, 0))
  return tf.add(tf.mul(data, tf.reshape(free, [rows, 1])), added)
}
