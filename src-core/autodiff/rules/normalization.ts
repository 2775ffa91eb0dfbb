import { sizeAt } from '../../tensor-graph/operators/define-operator.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'

/** The node's own mean and 1 / standard deviation, or those of a second node where the first does not return them. */
function statistics(node: BackwardNode): { readonly mean: TensorValue; readonly inverse: TensorValue } {
  const outputs =
    node.node.outputs.length === 3
      ? node.node.outputs
      : node.builder.applyMany('LayerNormalization', node.node.inputs, node.node.attributes, 3)
  const [, mean, inverse] = outputs
  if (!mean || !inverse) return node.call.fail('has no statistics')
  return { mean, inverse }
}

/**
 * With x̂ = (x − mean) · inverse and h = dY · scale: dX = inverse · (h − mean(h) − x̂ · mean(h · x̂)),
 * dScale = Σ dY · x̂, dBias = Σ dY (Ba, Kiros, Hinton 2016).
 */
function layerNormalization(node: BackwardNode): void {
  const { arithmetic, builder, call } = node
  for (const index of [1, 2]) {
    if (node.node.outputs[index] && node.hasGradient(index)) call.fail('statistics have no gradient rule')
  }
  const x = node.input(0)
  const axis = call.axis(call.number('axis', -1), x.shape.length)
  const normalised = [...x.shape.keys()].slice(axis)
  const { mean, inverse } = statistics(node)
  const standard = arithmetic.multiply(arithmetic.subtract(x, mean), inverse)
  const average = (value: TensorValue) =>
    builder.apply('ReduceMean', [value, builder.integers(normalised)], { keepdims: 1 })
  const overBatch = (value: TensorValue, index: number) =>
    arithmetic.reshape(arithmetic.sumTo(value, x.shape, x.shape.slice(axis)), node.input(index).shape)
  node.contribute(0, () => {
    const scale = arithmetic.reshape(node.input(1), x.shape.slice(axis))
    const scaled = arithmetic.multiply(node.gradient(), scale)
    const slope = average(arithmetic.multiply(scaled, standard))
    const centred = arithmetic.subtract(scaled, average(scaled))
    return arithmetic.multiply(arithmetic.subtract(centred, arithmetic.multiply(standard, slope)), inverse)
  })
  node.contribute(1, () => overBatch(arithmetic.multiply(node.gradient(), standard), 1))
  node.contribute(2, () => overBatch(node.gradient(), 2))
}

/** The inference form is affine in x: y = (x − mean) · factor · scale + bias with factor = 1 / √(variance + epsilon). */
function batchNormalization(node: BackwardNode): void {
  const { arithmetic, builder, call } = node
  const x = node.input(0)
  const channels = sizeAt(x.shape, 1)
  const alongChannels = (value: TensorValue) =>
    arithmetic.reshape(value, [channels, ...x.shape.slice(2).map(() => 1)])
  const others = [...x.shape.keys()].filter((axis) => axis !== 1)
  const perChannel = (value: TensorValue) => arithmetic.sum(value, others, false)
  const shifted = arithmetic.add(node.input(4), builder.scalar(call.number('epsilon', 1e-5)))
  const factor = builder.apply('Reciprocal', [builder.apply('Sqrt', [shifted])])
  const slope = arithmetic.multiply(factor, node.input(1))
  const centred = () => arithmetic.subtract(x, alongChannels(node.input(3)))
  const scaleSum = () => perChannel(arithmetic.multiply(node.gradient(), centred()))
  node.contribute(0, () => arithmetic.multiply(node.gradient(), alongChannels(slope)))
  node.contribute(1, () => arithmetic.multiply(scaleSum(), factor))
  node.contribute(2, () => perChannel(node.gradient()))
  node.contribute(3, () => arithmetic.negate(arithmetic.multiply(perChannel(node.gradient()), slope)))
  node.contribute(4, () => {
    const cube = arithmetic.multiply(arithmetic.square(factor), slope)
    return arithmetic.multiply(scaleSum(), arithmetic.scale(cube, -0.5))
  })
}

export const normalizationRules: RuleFamily = {
  LayerNormalization: layerNormalization,
  BatchNormalization: batchNormalization,
}
