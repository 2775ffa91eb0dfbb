import type { OptimizerConfig } from '../run-config.ts'
import { discountedSum, oneMinusPower } from './moving-sums.ts'
import { coefficientAt, type OptimizerRule, slotAt, zeroSlots } from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'adamax' }>

/**
 * Adamax (Kingma and Ba 2015, section 7.1) as in Keras 3:
 *
 *     u ← max(β₂ · u, |g|)
 *     parameter − learningRate / (1 − β₁ᵗ) · m / (u + ε)
 *
 * As in {@link adam}, the first slot is a sum of gradients and m is (1 − β₁) times that.
 */
export function adamax({ beta1, beta2, epsilon }: Config): OptimizerRule {
  return {
    perWeight: false,
    slots: zeroSlots('gradientSum', 'norm'),
    coefficients: (schedule) => {
      const { builder, learningRate } = schedule
      const scaled = builder.apply('Mul', [learningRate, builder.scalar(1 - beta1)])
      return [builder.apply('Div', [scaled, oneMinusPower(schedule, beta1)])]
    },
    update: (update) => {
      const { builder, gradient } = update
      const gradientSum = discountedSum(update, 0, beta1, gradient)
      const faded = builder.apply('Mul', [slotAt(update, 1), builder.scalar(beta2)])
      const norm = builder.apply('Max', [faded, builder.apply('Abs', [gradient])])
      const denominator = builder.apply('Add', [norm, builder.scalar(epsilon)])
      const direction = builder.apply('Div', [gradientSum, denominator])
      const move = builder.apply('Mul', [direction, coefficientAt(update, 0)])
      return { parameter: builder.apply('Sub', [update.parameter, move]), slots: [gradientSum, norm] }
    },
  }
}
