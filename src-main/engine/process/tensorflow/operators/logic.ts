import type { Tensor } from '@tensorflow/tfjs'
import type { TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'
import type { TensorflowFunctions } from '../tensorflow-library.ts'

function binary(compute: (tf: TensorflowFunctions, a: Tensor, b: Tensor) => Tensor): TensorflowOperator {
  return ({ tf }) =>
    (x) =>
      compute(tf, x(0), x(1))
}

export const logicOperators: TensorflowOperatorFamily = {
  Equal: binary((tf, a, b) => tf.equal(a, b)),
  Greater: binary((tf, a, b) => tf.greater(a, b)),
  GreaterOrEqual: binary((tf, a, b) => tf.greaterEqual(a, b)),
  Less: binary((tf, a, b) => tf.less(a, b)),
  LessOrEqual: binary((tf, a, b) => tf.lessEqual(a, b)),
  And: binary((tf, a, b) => tf.logicalAnd(a, b)),
  Or: binary((tf, a, b) => tf.logicalOr(a, b)),
  Xor: binary((tf, a, b) => tf.notEqual(a, b)),
  Not:
    ({ tf }) =>
    (x) =>
      tf.logicalNot(x(0)),
  IsNaN:
    ({ tf }) =>
    (x) =>
      tf.isNaN(x(0)),
  Where:
    ({ tf }) =>
    (x) =>
      tf.where(x(0), x(1), x(2)),
}
