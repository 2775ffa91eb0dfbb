import type { Tensor } from '@tensorflow/tfjs'
import { sameShape } from '../../../../../src-core/tensor-graph/operators/define-operator.ts'
import type { OperatorNode, TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'

/** A · B over the last two axes, the others broadcast; vectors are taken as one row or one column. */
function product(node: OperatorNode, transposeLeft: boolean, transposeRight: boolean) {
  const { tf } = node
  const left = node.floatInput(0).shape
  const right = node.floatInput(1).shape
  const a = left.length === 1 ? [1, ...left] : [...left]
  const b = right.length === 1 ? [...right, 1] : [...right]
  const flipLeft = transposeLeft && left.length > 1
  const flipRight = transposeRight && right.length > 1
  const shape = node.outputShape()
  if (b.length === 2 && a.length > 2 && !flipLeft) {
    // One large product instead of many small ones.
    const rows = [a.slice(0, -1).reduce((count, size) => count * size, 1), a.at(-1) ?? 1]
    return (x: Tensor, y: Tensor) =>
      tf.reshape(tf.matMul(tf.reshape(x, rows), tf.reshape(y, b), false, flipRight), shape)
  }
  const outer = node.broadcast([a.slice(0, -2), b.slice(0, -2)])
  const spread = (x: Tensor, own: number[]) =>
    sameShape(own.slice(0, -2), outer)
      ? tf.reshape(x, own)
      : tf.broadcastTo(tf.reshape(x, own), [...outer, ...own.slice(-2)])
  return (x: Tensor, y: Tensor) =>
    tf.reshape(tf.matMul(spread(x, a), spread(y, b), flipLeft, flipRight), shape)
}

const matMul: TensorflowOperator = (node) => {
  const multiply = product(node, false, false)
  return (x) => multiply(x(0), x(1))
}

const fusedMatMul: TensorflowOperator = (node) => {
  const multiply = product(node, node.number('transA', 0) === 1, node.number('transB', 0) === 1)
  const alpha = node.number('alpha', 1)
  return (x) => scaled(node, multiply(x(0), x(1)), alpha)
}

const gemm: TensorflowOperator = (node) => {
  const multiply = product(node, node.number('transA', 0) === 1, node.number('transB', 0) === 1)
  const alpha = node.number('alpha', 1)
  const beta = node.number('beta', 1)
  return (x) => {
    const result = scaled(node, multiply(x(0), x(1)), alpha)
    return node.has(2) ? node.tf.add(result, scaled(node, x(2), beta)) : result
  }
}

function scaled({ tf }: OperatorNode, x: Tensor, factor: number): Tensor {
  return factor === 1 ? x : tf.mul(x, factor)
}

export const matrixOperators: TensorflowOperatorFamily = {
  MatMul: matMul,
  Gemm: gemm,
  FusedMatMul: fusedMatMul,
}
