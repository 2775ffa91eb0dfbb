import type { OptimizerConfig } from '../run-config.ts'
import { movingMean } from './moving-sums.ts'
import { coefficientAt, type OptimizerRule, zeroSlots } from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'lion' }>

/**
 * Lion (Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023) as in Keras 3:
 *
 *     parameter − learningRate · sign(β₁ · m + (1 − β₁) · g)
 *     m ← β₂ · m + (1 − β₂) · g
 */
export function lion({ beta1, beta2 }: Config): OptimizerRule {
  return {
    perWeight: false,
    slots: zeroSlots('momentum'),
    coefficients: ({ learningRate }) => [learningRate],
    update: (update) => {
      const { builder, gradient } = update
      const direction = builder.apply('Sign', [movingMean(update, 0, beta1, gradient)])
      const move = builder.apply('Mul', [direction, coefficientAt(update, 0)])
      return {
        parameter: builder.apply('Sub', [update.parameter, move]),
        slots: [movingMean(update, 0, beta2, gradient)],
      }
    },
  }
}
