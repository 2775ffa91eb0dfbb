import type { TensorValue } from '../../tensor-graph/types.ts'
import type { OptimizerConfig } from '../run-config.ts'
import { movingMean } from './moving-sums.ts'
import { coefficientAt, type OptimizerRule, slotAt, zeroSlots } from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'adadelta' }>

/**
 * Adadelta (Zeiler 2012) as in Keras 3, with rms(x) = √(x + ε):
 *
 *     G ← rho · G + (1 − rho) · g²
 *     step = g · rms(D) / rms(G)
 *     D ← rho · D + (1 − rho) · step²
 *     parameter − learningRate · step
 */
export function adadelta({ rho, epsilon }: Config): OptimizerRule {
  return {
    perWeight: false,
    slots: zeroSlots('accumulatedGradient', 'accumulatedStep'),
    coefficients: ({ learningRate }) => [learningRate],
    update: (update) => {
      const { builder, gradient } = update
      const rms = (value: TensorValue) =>
        builder.apply('Sqrt', [builder.apply('Add', [value, builder.scalar(epsilon)])])
      const gradients = movingMean(update, 0, rho, builder.apply('Mul', [gradient, gradient]))
      const scaled = builder.apply('Mul', [rms(slotAt(update, 1)), gradient])
      const step = builder.apply('Div', [scaled, rms(gradients)])
      const steps = movingMean(update, 1, rho, builder.apply('Mul', [step, step]))
      const move = builder.apply('Mul', [step, coefficientAt(update, 0)])
      return { parameter: builder.apply('Sub', [update.parameter, move]), slots: [gradients, steps] }
    },
  }
}
