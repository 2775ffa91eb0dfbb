import type { OptimizerConfig } from '../run-config.ts'
import { discountedSum, movingMean } from './moving-sums.ts'
import { coefficientAt, type OptimizerRule, zeroSlots } from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'rmsprop' }>

/**
 * RMSprop (Hinton, "Neural Networks for Machine Learning", lecture 6e, 2012) as in Keras 3, epsilon under the root:
 *
 *     v ← rho · v + (1 − rho) · g²
 *     step = learningRate · g / √(v + ε); centered: √(v − ḡ² + ε) with ḡ ← rho · ḡ + (1 − rho) · g
 *
 * With momentum, m ← momentum · m + step is subtracted instead of the step.
 */
export function rmsprop({ rho, momentum, centered, epsilon }: Config): OptimizerRule {
  const hasMomentum = momentum > 0
  return {
    perWeight: false,
    slots: zeroSlots(
      'velocity',
      ...(hasMomentum ? ['momentum'] : []),
      ...(centered ? ['averageGradient'] : []),
    ),
    coefficients: ({ learningRate }) => [learningRate],
    update: (update) => {
      const { builder, gradient } = update
      const velocity = movingMean(update, 0, rho, builder.apply('Mul', [gradient, gradient]))
      const average = centered ? [movingMean(update, hasMomentum ? 2 : 1, rho, gradient)] : []
      const [mean] = average
      const variance = mean ? builder.apply('Sub', [velocity, builder.apply('Mul', [mean, mean])]) : velocity
      const root = builder.apply('Sqrt', [builder.apply('Add', [variance, builder.scalar(epsilon)])])
      const descent = builder.apply('Mul', [gradient, coefficientAt(update, 0)])
      const step = builder.apply('Div', [descent, root])
      const move = hasMomentum ? discountedSum(update, 1, momentum, step) : step
      return {
        parameter: builder.apply('Sub', [update.parameter, move]),
        slots: [velocity, ...(hasMomentum ? [move] : []), ...average],
      }
    },
  }
}
