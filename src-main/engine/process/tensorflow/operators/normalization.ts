import type { TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'

const layerNormalization: TensorflowOperator = (node) => {
  const { tf } = node
  const { shape } = node.input(0)
  const axis = node.axis(node.number('axis', -1), shape.length)
  const axes = [...shape.keys()].slice(axis)
  const inner = shape.slice(axis)
  const epsilon = node.number('epsilon', 1e-5)
  return (x) => {
    const mean = tf.mean(x(0), axes, true)
    const centered = tf.sub(x(0), mean)
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centered), axes, true), epsilon))
    const scaled = tf.mul(tf.mul(centered, inverse), tf.reshape(x(1), inner))
    const result = node.has(2) ? tf.add(scaled, tf.reshape(x(2), inner)) : scaled
    return [result, mean, inverse].slice(0, node.outputCount)
  }
}

/** Inputs: x, scale, bias, mean, variance; the last four along axis 1. */
const batchNormalization: TensorflowOperator = (node) => {
  const { tf } = node
  const { shape } = node.input(0)
  const along = shape.map((size, axis) => (axis === 1 ? size : 1))
  const epsilon = node.number('epsilon', 1e-5)
  return (x) => {
    const factor = tf.mul(x(1), tf.rsqrt(tf.add(x(4), epsilon)))
    const centered = tf.sub(x(0), tf.reshape(x(3), along))
    return tf.add(tf.mul(centered, tf.reshape(factor, along)), tf.reshape(x(2), along))
  }
}

export const normalizationOperators: TensorflowOperatorFamily = {
  LayerNormalization: layerNormalization,
  BatchNormalization: batchNormalization,
}
