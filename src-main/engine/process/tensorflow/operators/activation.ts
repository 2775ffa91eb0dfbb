import type { Tensor } from '@tensorflow/tfjs'
import type { OperatorNode, TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'

function activation(compute: (node: OperatorNode, x: Tensor) => Tensor): TensorflowOperator {
  return (node) => (x) => compute(node, x(0))
}

/** relu(x) + alpha · (exp(min(x, 0) / scale) − 1), the common form of the exponential linear units. */
function exponentialLinear({ tf }: OperatorNode, x: Tensor, alpha: number, scale: number): Tensor {
  const negative = tf.minimum(x, 0)
  return tf.add(tf.relu(x), tf.mul(tf.expm1(scale === 1 ? negative : tf.div(negative, scale)), alpha))
}

const selu = activation((node, x) => {
  const alpha = node.number('alpha', 1.6732631921768188)
  const gamma = node.number('gamma', 1.0507010221481323)
  return node.tf.mul(exponentialLinear(node, x, alpha, 1), gamma)
})

const gelu = activation((node, x) => {
  const { tf } = node
  const share =
    node.text('approximate', 'none') === 'none'
      ? tf.erf(tf.div(x, Math.SQRT2))
      : tf.tanh(tf.mul(tf.add(x, tf.mul(tf.pow(x, 3), 0.044715)), Math.sqrt(2 / Math.PI)))
  return tf.mul(tf.mul(x, 0.5), tf.add(share, 1))
})

const hardSigmoid = activation((node, x) => {
  const { tf } = node
  const line = tf.add(tf.mul(x, node.number('alpha', 0.2)), node.number('beta', 0.5))
  return tf.clipByValue(line, 0, 1)
})

/** TensorFlow.js has softmax for the last axis only. */
function overAxis(compute: (node: OperatorNode, x: Tensor) => Tensor): TensorflowOperator {
  return (node) => {
    const { length } = node.input(0).shape
    const axis = node.axis(node.number('axis', -1), length)
    if (axis === length - 1) return (x) => compute(node, x(0))
    const swapped = [...Array(length).keys()].with(axis, length - 1).with(length - 1, axis)
    const { tf } = node
    return (x) => tf.transpose(compute(node, tf.transpose(x(0), swapped)), swapped)
  }
}

export const activationOperators: TensorflowOperatorFamily = {
  Relu: activation(({ tf }, x) => tf.relu(x)),
  LeakyRelu: activation((node, x) => node.tf.leakyRelu(x, node.number('alpha', 0.01))),
  Elu: activation((node, x) => exponentialLinear(node, x, node.number('alpha', 1), 1)),
  Celu: activation((node, x) => {
    const alpha = node.number('alpha', 1)
    return exponentialLinear(node, x, alpha, alpha)
  }),
  Selu: selu,
  Gelu: gelu,
  Sigmoid: activation(({ tf }, x) => tf.sigmoid(x)),
  Tanh: activation(({ tf }, x) => tf.tanh(x)),
  Softplus: activation(({ tf }, x) => tf.softplus(x)),
  Softsign: activation(({ tf }, x) => tf.div(x, tf.add(tf.abs(x), 1))),
  HardSigmoid: hardSigmoid,
  HardSwish: activation(({ tf }, x) => tf.mul(x, tf.clipByValue(tf.add(tf.div(x, 6), 0.5), 0, 1))),
  Mish: activation(({ tf }, x) => tf.mul(x, tf.tanh(tf.softplus(x)))),
  Softmax: overAxis(({ tf }, x) => tf.softmax(x)),
  LogSoftmax: overAxis(({ tf }, x) => tf.logSoftmax(x)),
}
