import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'
import { pointwise } from './elementwise-unary.ts'

function isPositive(node: BackwardNode, value: TensorValue): TensorValue {
  return node.builder.apply('Greater', [value, node.builder.scalar(0)])
}

/** gamma · alpha · (eˣ − 1) below 0 and gamma · x above: the slope is y + gamma · alpha below, gamma above. */
function exponentialUnit(node: BackwardNode, alpha: number, gamma: number): void {
  const { arithmetic, builder } = node
  node.contribute(0, () => {
    const below = builder.apply('Min', [node.output(), builder.scalar(0)])
    const jump = () => arithmetic.scale(arithmetic.positive(node.input(0)), gamma * (1 - alpha))
    const slope = alpha === 1 ? below : arithmetic.add(below, jump())
    return arithmetic.multiply(node.looseGradient(), arithmetic.add(slope, builder.scalar(gamma * alpha)))
  })
}

/** Φ(x) + x · φ(x), with Φ and φ the normal distribution and its density. */
function exactGeluSlope(node: BackwardNode): TensorValue {
  const { arithmetic, builder } = node
  const x = node.input(0)
  const half = arithmetic.scale(builder.apply('Erf', [arithmetic.scale(x, Math.SQRT1_2)]), 0.5)
  const distribution = arithmetic.add(half, builder.scalar(0.5))
  const bell = builder.apply('Exp', [arithmetic.scale(arithmetic.square(x), -0.5)])
  return arithmetic.add(
    distribution,
    arithmetic.multiply(arithmetic.scale(x, 1 / Math.sqrt(2 * Math.PI)), bell),
  )
}

/** Derivative of x/2 · (1 + tanh u) with u = √(2/π) · (x + 0.044715 x³). */
function tanhGeluSlope(node: BackwardNode): TensorValue {
  const { arithmetic, builder } = node
  const x = node.input(0)
  const root = Math.sqrt(2 / Math.PI)
  const cubic = arithmetic.scale(arithmetic.square(x), root * 0.044715)
  const curve = arithmetic.add(cubic, builder.scalar(root))
  const tangent = builder.apply('Tanh', [arithmetic.multiply(curve, x)])
  const innerSlope = arithmetic.add(arithmetic.scale(cubic, 3), builder.scalar(root))
  const tangentSlope = arithmetic.subtract(builder.scalar(1), arithmetic.square(tangent))
  const halfX = arithmetic.scale(x, 0.5)
  const curved = arithmetic.multiply(arithmetic.multiply(halfX, tangentSlope), innerSlope)
  const flat = arithmetic.add(arithmetic.scale(tangent, 0.5), builder.scalar(0.5))
  return arithmetic.add(flat, curved)
}

function softmax(node: BackwardNode): void {
  const { arithmetic } = node
  const axis = node.call.axis(node.call.number('axis', -1), node.output().shape.length)
  node.contribute(0, () => {
    const weighted = arithmetic.multiply(node.looseGradient(), node.output())
    const total = arithmetic.sum(weighted, [axis], true)
    return arithmetic.subtract(weighted, arithmetic.multiply(total, node.output()))
  })
}

/** dX = dY − softmax(x) · Σ dY, with softmax(x) = exp(y). */
function logSoftmax(node: BackwardNode): void {
  const { arithmetic, builder } = node
  const { shape } = node.output()
  const axis = node.call.axis(node.call.number('axis', -1), shape.length)
  node.contribute(0, () => {
    const gradient = node.looseGradient()
    const summed = shape.map((size, at) => (at === axis ? 1 : size))
    const total = arithmetic.sumTo(gradient, shape, summed)
    const probabilities = builder.apply('Exp', [node.output()])
    return arithmetic.subtract(gradient, arithmetic.multiply(total, probabilities))
  })
}

export const activationRules: RuleFamily = {
  Relu: pointwise((gradient, node) =>
    node.arithmetic.multiply(gradient, node.arithmetic.positive(node.output())),
  ),
  /** alpha + (1 − alpha) where x is positive. */
  LeakyRelu: pointwise((gradient, node) => {
    const { arithmetic, builder } = node
    const alpha = node.call.number('alpha', 0.01)
    const rise = arithmetic.scale(arithmetic.positive(node.input(0)), 1 - alpha)
    return arithmetic.multiply(gradient, arithmetic.add(rise, builder.scalar(alpha)))
  }),
  Elu: (node) => exponentialUnit(node, node.call.number('alpha', 1), 1),
  Selu: (node) =>
    exponentialUnit(
      node,
      node.call.number('alpha', 1.6732632423543772),
      node.call.number('gamma', 1.0507009873554805),
    ),
  /** y / alpha + 1 below 0, 1 above. */
  Celu: pointwise((gradient, node) => {
    const { arithmetic, builder } = node
    const below = builder.apply('Min', [node.output(), builder.scalar(0)])
    const slope = arithmetic.add(arithmetic.scale(below, 1 / node.call.number('alpha', 1)), builder.scalar(1))
    return arithmetic.multiply(gradient, slope)
  }),
  Gelu: pointwise((gradient, node) => {
    const approximate = node.call.text('approximate', 'none')
    return node.arithmetic.multiply(
      gradient,
      approximate === 'tanh' ? tanhGeluSlope(node) : exactGeluSlope(node),
    )
  }),
  /** y · (1 − y). */
  Sigmoid: pointwise((gradient, node) => {
    const { arithmetic } = node
    const slope = arithmetic.subtract(node.output(), arithmetic.square(node.output()))
    return arithmetic.multiply(gradient, slope)
  }),
  /** 1 − y². */
  Tanh: pointwise((gradient, node) => {
    const { arithmetic, builder } = node
    const slope = arithmetic.subtract(builder.scalar(1), arithmetic.square(node.output()))
    return arithmetic.multiply(gradient, slope)
  }),
  Softplus: pointwise((gradient, node) =>
    node.arithmetic.multiply(gradient, node.builder.apply('Sigmoid', [node.input(0)])),
  ),
  /** 1 / (1 + |x|)². */
  Softsign: pointwise((gradient, node) => {
    const { arithmetic, builder } = node
    const base = arithmetic.add(builder.apply('Abs', [node.input(0)]), builder.scalar(1))
    return arithmetic.divide(gradient, arithmetic.square(base))
  }),
  HardSigmoid: pointwise((gradient, node) => {
    const { arithmetic, builder } = node
    const rising = builder.apply('And', [
      isPositive(node, node.output()),
      builder.apply('Less', [node.output(), builder.scalar(1)]),
    ])
    return arithmetic.keepWhere(rising, arithmetic.scale(gradient, node.call.number('alpha', 0.2)))
  }),
  /** 0 below −3, 1 above 3, x / 3 + 1 / 2 between. */
  HardSwish: pointwise((gradient, node) => {
    const { arithmetic, builder } = node
    const x = node.input(0)
    const middle = arithmetic.add(arithmetic.scale(x, 1 / 3), builder.scalar(0.5))
    const above = builder.apply('GreaterOrEqual', [x, builder.scalar(3)])
    const below = builder.apply('LessOrEqual', [x, builder.scalar(-3)])
    const slope = builder.apply('Where', [above, builder.scalar(1), arithmetic.dropWhere(below, middle)])
    return arithmetic.multiply(gradient, slope)
  }),
  /** t + x · (1 − t²) · sigmoid(x), with t = tanh(softplus(x)). */
  Mish: pointwise((gradient, node) => {
    const { arithmetic, builder } = node
    const x = node.input(0)
    const tangent = builder.apply('Tanh', [builder.apply('Softplus', [x])])
    const tangentSlope = arithmetic.subtract(builder.scalar(1), arithmetic.square(tangent))
    const inner = arithmetic.multiply(x, builder.apply('Sigmoid', [x]))
    return arithmetic.multiply(gradient, arithmetic.add(tangent, arithmetic.multiply(inner, tangentSlope)))
  }),
  Softmax: softmax,
  LogSoftmax: logSoftmax,
}
