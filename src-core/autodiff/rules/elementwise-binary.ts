import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'

function multiply(node: BackwardNode): void {
  const { arithmetic } = node
  const [a, b] = [node.input(0), node.input(1)]
  if (a.name === b.name) {
    node.contribute(0, () => arithmetic.multiply(arithmetic.scale(node.looseGradient(), 2), a))
    return
  }
  node.contributeBroadcast(0, () => arithmetic.multiply(node.looseGradient(), b))
  node.contributeBroadcast(1, () => arithmetic.multiply(node.looseGradient(), a))
}

/** y = a / b: ∂a = dY / b and ∂b = −∂a · y. */
function divide(node: BackwardNode): void {
  const { arithmetic } = node
  const quotient = arithmetic.divide(node.looseGradient(), node.input(1))
  node.contributeBroadcast(0, () => quotient)
  node.contributeBroadcast(1, () => arithmetic.multiply(quotient, node.output()), -1)
}

/** y = x^p: ∂x = dY · p · x^(p − 1) and ∂p = dY · y · ln x, which is taken as 0 where x is not positive. */
function power(node: BackwardNode): void {
  const { arithmetic, builder } = node
  const [x, exponent] = [node.input(0), node.input(1)]
  const zero = builder.scalar(0)
  node.contributeBroadcast(0, () => powerSlope(node, x, exponent))
  node.contributeBroadcast(1, () => {
    const logarithm = builder.apply('Log', [x])
    const finite = builder.apply('Where', [builder.apply('Greater', [x, zero]), logarithm, zero])
    return arithmetic.multiply(arithmetic.multiply(node.looseGradient(), node.output()), finite)
  })
}

function powerSlope(node: BackwardNode, x: TensorValue, exponent: TensorValue): TensorValue {
  const { arithmetic, builder } = node
  const known = arithmetic.number(exponent)
  const gradient = node.looseGradient()
  if (known === undefined) {
    const lower = builder.apply('Pow', [x, arithmetic.subtract(exponent, builder.scalar(1))])
    return arithmetic.multiply(arithmetic.multiply(gradient, exponent), lower)
  }
  const scaled = arithmetic.scale(gradient, known)
  if (known === 1) return scaled
  if (known === 2) return arithmetic.multiply(scaled, x)
  return arithmetic.multiply(scaled, builder.apply('Pow', [x, builder.scalar(known - 1)]))
}

/** The first input that equals the result takes the whole gradient. */
function extremum(node: BackwardNode): void {
  const { arithmetic, builder } = node
  const inputs = node.node.inputs
  let taken: TensorValue | undefined
  for (const index of inputs.keys()) {
    const earlier = taken
    if (index === inputs.length - 1) {
      node.contributeBroadcast(index, () =>
        earlier ? arithmetic.dropWhere(earlier, node.looseGradient()) : node.looseGradient(),
      )
      return
    }
    const equal = builder.apply('Equal', [node.input(index), node.output()])
    const chosen = earlier ? builder.apply('And', [equal, builder.apply('Not', [earlier])]) : equal
    node.contributeBroadcast(index, () => arithmetic.keepWhere(chosen, node.looseGradient()))
    taken = earlier ? builder.apply('Or', [earlier, equal]) : equal
  }
}

/** Every input takes the gradient times a factor. */
function linear(factor: (node: BackwardNode, index: number) => number) {
  return (node: BackwardNode) => {
    for (const index of node.node.inputs.keys()) {
      node.contributeBroadcast(index, () => node.looseGradient(), factor(node, index))
    }
  }
}

export const elementwiseBinaryRules: RuleFamily = {
  Add: linear(() => 1),
  Sub: linear((_, index) => (index === 0 ? 1 : -1)),
  Sum: linear(() => 1),
  Mean: linear((node) => 1 / node.node.inputs.length),
  Mul: multiply,
  Div: divide,
  Pow: power,
  Min: extremum,
  Max: extremum,
}
