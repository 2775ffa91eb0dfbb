import type { Tensor } from '@tensorflow/tfjs'
import type { OperatorNode, TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'

function binary(compute: (node: OperatorNode, a: Tensor, b: Tensor) => Tensor): TensorflowOperator {
  return (node) => (x) => compute(node, x(0), x(1))
}

/** Folds two or more inputs from the left. */
function variadic(compute: (node: OperatorNode, a: Tensor, b: Tensor) => Tensor): TensorflowOperator {
  return (node) => (x) => {
    let result = x(0)
    for (let index = 1; index < node.inputs.length; index++) result = compute(node, result, x(index))
    return result === x(0) ? result.clone() : result
  }
}

const sum = variadic(({ tf }, a, b) => tf.add(a, b))

const mean: TensorflowOperator = (node) => {
  const total = sum(node)
  return (x) => {
    const result = total(x)
    return node.tf.div('length' in result ? (result[0] ?? x(0)) : result, node.inputs.length)
  }
}

/** ONNX cuts the quotient of integers off towards zero, where TensorFlow.js rounds down. */
const divide = binary((node, a, b) =>
  a.dtype === 'int32' ? node.native('TruncateDiv', [a, b]) : node.tf.div(a, b),
)

/** The gradients that TensorFlow.js takes of extrema keep the shape of the result: to be differentiable, both sides must have it. */
export function extremum(node: OperatorNode, a: Tensor, b: Tensor, which: 'minimum' | 'maximum'): Tensor {
  const { tf } = node
  if (!node.differentiable) return tf[which](a, b)
  const shape = node.broadcast([a.shape, b.shape])
  return tf[which](tf.broadcastTo(a, shape), tf.broadcastTo(b, shape))
}

/** The result is of the base's type. */
const power = binary(({ tf }, base, exponent) => tf.cast(tf.pow(base, exponent), base.dtype))

export const elementwiseBinaryOperators: TensorflowOperatorFamily = {
  Add: binary(({ tf }, a, b) => tf.add(a, b)),
  Sub: binary(({ tf }, a, b) => tf.sub(a, b)),
  Mul: binary(({ tf }, a, b) => tf.mul(a, b)),
  Div: divide,
  Min: variadic((node, a, b) => extremum(node, a, b, 'minimum')),
  Max: variadic((node, a, b) => extremum(node, a, b, 'maximum')),
  Sum: sum,
  Mean: mean,
  Pow: power,
}
