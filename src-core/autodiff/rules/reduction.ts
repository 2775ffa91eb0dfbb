import { sizeAt } from '../../tensor-graph/operators/define-operator.ts'
import { reducedAxes } from '../../tensor-graph/operators/reduction.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily, VectorJacobianRule } from '../vector-jacobian.ts'

/** The input's shape with 1 on the reduced axes: what reduced tensors are broadcast from. */
function keptShape(node: BackwardNode): number[] {
  const axes = reducedAxes(node.call)
  return node.input(0).shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
}

function reducedCount(node: BackwardNode): number {
  return reducedAxes(node.call).reduce((count, axis) => count * sizeAt(node.input(0).shape, axis), 1)
}

/** A rule that gets dY and y with the reduced axes kept as 1. */
function reduction(
  derive: (gradient: TensorValue, result: () => TensorValue, node: BackwardNode) => TensorValue,
): VectorJacobianRule {
  return (node) =>
    node.contribute(0, () => {
      const kept = keptShape(node)
      return derive(node.reshapedGradient(kept), () => node.arithmetic.reshape(node.output(), kept), node)
    })
}

/** Elements that equal the extremum share the gradient equally. */
const extremum = reduction((gradient, result, node) => {
  const { arithmetic, builder } = node
  const equal = arithmetic.toFloat(builder.apply('Equal', [node.input(0), result()]))
  const count = arithmetic.sum(equal, reducedAxes(node.call), true)
  return arithmetic.multiply(arithmetic.divide(gradient, count), equal)
})

function cumulativeSum(node: BackwardNode): void {
  const reverse = node.call.number('reverse', 0) === 1 ? 0 : 1
  const exclusive = node.call.number('exclusive', 0)
  node.contribute(0, () =>
    node.builder.apply('CumSum', [node.gradient(), node.input(1)], { exclusive, reverse }),
  )
}

export const reductionRules: RuleFamily = {
  ReduceSum: reduction((gradient) => gradient),
  ReduceMean: reduction((gradient, _, node) => node.arithmetic.scale(gradient, 1 / reducedCount(node))),
  ReduceMax: extremum,
  ReduceMin: extremum,
  ReduceSumSquare: reduction((gradient, _, { arithmetic, call }) =>
    arithmetic.multiply(arithmetic.scale(gradient, 2), call.input(0)),
  ),
  ReduceL1: reduction((gradient, _, { arithmetic, builder, call }) =>
    arithmetic.multiply(gradient, builder.apply('Sign', [call.input(0)])),
  ),
  /** x / ‖x‖, and 0 where the norm is 0. */
  ReduceL2: reduction((gradient, result, { arithmetic, builder, call }) => {
    const norm = builder.apply('Max', [result(), builder.scalar(1e-30)])
    return arithmetic.multiply(arithmetic.divide(gradient, norm), call.input(0))
  }),
  ReduceLogSumExp: reduction((gradient, result, { arithmetic, builder, call }) => {
    const weights = builder.apply('Exp', [arithmetic.subtract(call.input(0), result())])
    return arithmetic.multiply(gradient, weights)
  }),
  CumSum: cumulativeSum,
}
