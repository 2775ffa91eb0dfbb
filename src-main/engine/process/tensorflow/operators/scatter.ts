import type { Tensor } from '@tensorflow/tfjs'
import { withGradientOf } from '../gradient-of.ts'
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
 * TensorFlow's scatter kernel for an ONNX reduction. TensorFlow.js has no gradient for it; where one is asked for, it
 * is that of the same result written as products with one-hot rows ("none" and "add" only).
 */
export function scatter(node: OperatorNode, reduction: string): Scatter {
  const kernel = kernels.get(reduction) ?? node.fail(`reduction ${reduction} is not supported by TensorFlow`)
  const compute = (data: Tensor, updates: Tensor, positions: Tensor) =>
    node.native(
      kernel,
      [data, node.tf.expandDims(positions, -1), updates],
      [node.typeAttribute('Tindices', 'int32')],
    )
  const run = withGradientOf(node.tf, compute, (data: Tensor, updates: Tensor, positions: Tensor) => {
    if (reduction === 'add') return byProducts(node, data, updates, positions, false)
    if (reduction === 'none') return byProducts(node, data, updates, positions, true)
    return node.fail(`reduction ${reduction} has no gradient`)
  })
  return (data, positions, updates) => run([data, updates], [positions])
}

function byProducts(
  { tf }: OperatorNode,
  data: Tensor,
  updates: Tensor,
  positions: Tensor,
  replace: boolean,
): Tensor {
  const rows = data.shape[0] ?? 0
  const hot = tf.cast(tf.oneHot(tf.cast(positions, 'int32'), rows), 'float32')
  const added = tf.matMul(hot, updates, true, false)
  if (!replace) return tf.add(data, added)
  const free = tf.sub(1, tf.max(hot, 0))
  return tf.add(tf.mul(data, tf.reshape(free, [rows, 1])), added)
}
