import type { Tensor } from '@tensorflow/tfjs'
import { dataTypeFromCode } from '../../../../../src-core/tensor-graph/data-types.ts'
import {
  heldType,
  type OperatorNode,
  type TensorflowOperator,
  type TensorflowOperatorFamily,
} from '../operator-node.ts'
import { extremum } from './elementwise-binary.ts'

function unary(compute: (node: OperatorNode, x: Tensor) => Tensor): TensorflowOperator {
  return (node) => (x) => compute(node, x(0))
}

const clip: TensorflowOperator = (node) => (x) => {
  const raised = node.has(1) ? extremum(node, x(0), x(1), 'maximum') : x(0).clone()
  return node.has(2) ? extremum(node, raised, x(2), 'minimum') : raised
}

const cast: TensorflowOperator = (node) => {
  const dtype = dataTypeFromCode(node.number('to', 0)) ?? node.fail('casts to an unknown data type')
  return (x) => node.tf.cast(x(0), heldType(dtype))
}

export const elementwiseUnaryOperators: TensorflowOperatorFamily = {
  Identity: unary(({ tf }, x) => tf.clone(x)),
  Sqrt: unary(({ tf }, x) => tf.sqrt(x)),
  Exp: unary(({ tf }, x) => tf.exp(x)),
  Log: unary(({ tf }, x) => tf.log(x)),
  Reciprocal: unary(({ tf }, x) => tf.reciprocal(x)),
  Floor: unary(({ tf }, x) => tf.floor(x)),
  Ceil: unary(({ tf }, x) => tf.ceil(x)),
  Round: unary(({ tf }, x) => tf.round(x)),
  Erf: unary(({ tf }, x) => tf.erf(x)),
  Sin: unary(({ tf }, x) => tf.sin(x)),
  Cos: unary(({ tf }, x) => tf.cos(x)),
  Abs: unary(({ tf }, x) => tf.abs(x)),
  Neg: unary(({ tf }, x) => tf.neg(x)),
  Sign: unary(({ tf }, x) => tf.sign(x)),
  Clip: clip,
  Cast: cast,
}
