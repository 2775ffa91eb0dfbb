import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily, VectorJacobianRule } from '../vector-jacobian.ts'

/** A rule for y = f(x): emits dX from the loose dY. */
export function pointwise(
  derive: (gradient: TensorValue, node: BackwardNode) => TensorValue,
): VectorJacobianRule {
  return (node) => node.contribute(0, () => derive(node.looseGradient(), node))
}

/** Passes the gradient where x lies within the bounds, and to a bound where it was applied. */
function clip(node: BackwardNode): void {
  const { arithmetic, builder } = node
  const gradient = node.looseGradient()
  const x = node.input(0)
  node.contribute(0, () => arithmetic.keepWhere(builder.apply('Equal', [x, node.output()]), gradient))
  node.contributeBroadcast(1, () => {
    const below = builder.apply('Less', [x, node.input(1)])
    return arithmetic.keepWhere(below, gradient)
  })
  node.contributeBroadcast(2, () => {
    const above = builder.apply('Greater', [x, node.input(2)])
    return arithmetic.keepWhere(above, gradient)
  })
}

export const elementwiseUnaryRules: RuleFamily = {
  Identity: pointwise((gradient) => gradient),
  Cast: pointwise((gradient) => gradient),
  Sqrt: pointwise((gradient, node) =>
    node.arithmetic.divide(node.arithmetic.scale(gradient, 0.5), node.output()),
  ),
  Exp: pointwise((gradient, node) => node.arithmetic.multiply(gradient, node.output())),
  Log: pointwise((gradient, node) => node.arithmetic.divide(gradient, node.input(0))),
  Neg: pointwise((gradient, { arithmetic }) => arithmetic.negate(gradient)),
  Abs: pointwise((gradient, node) =>
    node.arithmetic.multiply(gradient, node.builder.apply('Sign', [node.input(0)])),
  ),
  Sin: pointwise((gradient, node) =>
    node.arithmetic.multiply(gradient, node.builder.apply('Cos', [node.input(0)])),
  ),
  Cos: pointwise((gradient, node) =>
    node.arithmetic.multiply(node.arithmetic.negate(gradient), node.builder.apply('Sin', [node.input(0)])),
  ),
  Reciprocal: pointwise((gradient, node) =>
    node.arithmetic.multiply(node.arithmetic.negate(gradient), node.arithmetic.square(node.output())),
  ),
  /** erf′(x) = 2 / √π · exp(−x²). */
  Erf: pointwise((gradient, node) => {
    const { arithmetic, builder } = node
    const bell = builder.apply('Exp', [arithmetic.negate(arithmetic.square(node.input(0)))])
    return arithmetic.multiply(arithmetic.scale(gradient, 2 / Math.sqrt(Math.PI)), bell)
  }),
  Clip: clip,
}
