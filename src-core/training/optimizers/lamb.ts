import type { TensorValue } from '../../tensor-graph/types.ts'
import type { OptimizerConfig } from '../run-config.ts'
import { discountedSum, oneMinusPower } from './moving-sums.ts'
import { coefficientAt, type OptimizerRule, type ParameterUpdate, zeroSlots } from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'lamb' }>

/**
 * LAMB (You et al., "Large Batch Optimization for Deep Learning", 2020) as in Keras 3: Adam's direction
 *
 *     d = m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * scaled to the length of the weight it moves: w − learningRate · ‖w‖ / ‖d‖ · d, without scaling where either is zero.
 * As in {@link adam}, the slots are sums; m is (1 − β₁) and v (1 − β₂) times that.
 */
export function lamb({ beta1, beta2, epsilon }: Config): OptimizerRule {
  return {
    perWeight: true,
    slots: zeroSlots('gradientSum', 'squareSum'),
    coefficients: (schedule) => {
      const { builder, learningRate } = schedule
      const correction = (beta: number) =>
        builder.apply('Div', [builder.scalar(1 - beta), oneMinusPower(schedule, beta)])
      return [learningRate, correction(beta1), correction(beta2)]
    },
    update: (update) => {
      const { builder, gradient, parameter } = update
      const gradientSum = discountedSum(update, 0, beta1, gradient)
      const squareSum = discountedSum(update, 1, beta2, builder.apply('Mul', [gradient, gradient]))
      const mean = builder.apply('Mul', [gradientSum, coefficientAt(update, 1)])
      const root = builder.apply('Sqrt', [builder.apply('Mul', [squareSum, coefficientAt(update, 2)])])
      const direction = builder.apply('Div', [mean, builder.apply('Add', [root, builder.scalar(epsilon)])])
      const rate = builder.apply('Mul', [coefficientAt(update, 0), trustRatio(update, direction)])
      const move = builder.apply('Mul', [direction, rate])
      return { parameter: builder.apply('Sub', [parameter, move]), slots: [gradientSum, squareSum] }
    },
  }
}

/** ‖parameter‖ / ‖direction‖, or 1 where either is zero: a float32 scalar. */
function trustRatio({ builder, parameter }: ParameterUpdate, direction: TensorValue): TensorValue {
  const length = (value: TensorValue) => builder.apply('ReduceL2', [value], { keepdims: 0 })
  const [zero, one] = [builder.scalar(0), builder.scalar(1)]
  const [weight, step] = [length(parameter), length(direction)]
  const moves = builder.apply('And', [
    builder.apply('Greater', [weight, zero]),
    builder.apply('Greater', [step, zero]),
  ])
  return builder.apply('Where', [moves, builder.apply('Div', [weight, step]), one])
}
