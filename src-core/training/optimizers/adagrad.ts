import type { OptimizerConfig } from '../run-config.ts'
import { coefficientAt, type OptimizerRule, slotAt } from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'adagrad' }>

/**
 * Adagrad (Duchi, Hazan and Singer 2011) as in Keras 3: a ← a + g², parameter − learningRate · g / √(a + ε), where a
 * starts at `initialAccumulatorValue`.
 */
export function adagrad({ initialAccumulatorValue, epsilon }: Config): OptimizerRule {
  return {
    perWeight: false,
    slots: (shape) => [{ name: 'accumulator', shape, start: initialAccumulatorValue }],
    coefficients: ({ learningRate }) => [learningRate],
    update: (update) => {
      const { builder, gradient } = update
      const square = builder.apply('Mul', [gradient, gradient])
      const accumulator = builder.apply('Add', [slotAt(update, 0), square])
      const root = builder.apply('Sqrt', [builder.apply('Add', [accumulator, builder.scalar(epsilon)])])
      const descent = builder.apply('Mul', [gradient, coefficientAt(update, 0)])
      const move = builder.apply('Div', [descent, root])
      return { parameter: builder.apply('Sub', [update.parameter, move]), slots: [accumulator] }
    },
  }
}
