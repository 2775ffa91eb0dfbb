import type { TensorValue } from '../../tensor-graph/types.ts'
import type { OptimizerConfig } from '../run-config.ts'
import { discountedSum, oneMinusPower } from './moving-sums.ts'
import { coefficientAt, type OptimizerRule, type StepSchedule, slotAt, zeroSlots } from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'adam' | 'adamw' }>

/**
 * Adam (Kingma and Ba 2015) with Keras 3's epsilon:
 *
 *     parameter − learningRate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
 *
 * The slots hold the discounted sums G = Σ β₁ᵗ⁻ⁱ gᵢ and S = Σ β₂ᵗ⁻ⁱ gᵢ² instead of the means m = (1 − β₁) G and
 * v = (1 − β₂) S: two passes over memory less per step, and the constant factors go into the step size and ε.
 * AMSGrad (Reddi, Kale and Kumar 2018) divides by the largest v so far. AdamW (Loshchilov and Hutter 2019) is Adam with
 * decoupled weight decay, which is applied before.
 */
export function adam(config: Config): OptimizerRule {
  const amsgrad = config.amsgrad ?? false
  return {
    perWeight: false,
    slots: zeroSlots('gradientSum', 'squareSum', ...(amsgrad ? ['squareSumMaximum'] : [])),
    coefficients: (schedule) => [stepSize(schedule, config)],
    update: (update) => {
      const { builder, gradient } = update
      const square = builder.apply('Mul', [gradient, gradient])
      const gradientSum = discountedSum(update, 0, config.beta1, gradient)
      const squareSum = discountedSum(update, 1, config.beta2, square)
      const largest = amsgrad ? [builder.apply('Max', [slotAt(update, 2), squareSum])] : []
      const epsilon = builder.scalar(config.epsilon / Math.sqrt(1 - config.beta2))
      const root = builder.apply('Sqrt', [largest[0] ?? squareSum])
      const denominator = builder.apply('Add', [root, epsilon])
      const direction = builder.apply('Div', [gradientSum, denominator])
      const move = builder.apply('Mul', [direction, coefficientAt(update, 0)])
      const parameter = builder.apply('Sub', [update.parameter, move])
      return { parameter, slots: [gradientSum, squareSum, ...largest] }
    },
  }
}

/** learningRate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · (1 − β₁) / √(1 − β₂). */
function stepSize(schedule: StepSchedule, { beta1, beta2 }: Config): TensorValue {
  const { builder, learningRate } = schedule
  const numerator = builder.apply('Sqrt', [oneMinusPower(schedule, beta2)])
  const correction = builder.apply('Div', [numerator, oneMinusPower(schedule, beta1)])
  const scale = builder.scalar((1 - beta1) / Math.sqrt(1 - beta2))
  return builder.apply('Mul', [builder.apply('Mul', [learningRate, scale]), correction])
}
