import type { TensorValue } from '../../tensor-graph/types.ts'
import type { OptimizerConfig } from '../run-config.ts'
import { coefficientAt, type OptimizerRule, slotAt } from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'ftrl' }>

/**
 * Follow the regularized leader (McMahan et al., "Ad Click Prediction", 2013) as in Keras 3, with p = −learningRatePower:
 *
 *     n' = n + g²
 *     z ← z + g + 2 · l2Shrinkage · w − (n'ᵖ − nᵖ) / learningRate · w
 *     w ← (clip(z, −l1, l1) − z) / ((n'ᵖ + beta) / learningRate + 2 · l2)
 */
export function ftrl(config: Config): OptimizerRule {
  const l1 = config.l1RegularizationStrength
  const shrinkage = 2 * config.l2ShrinkageRegularizationStrength
  return {
    perWeight: false,
    slots: (shape) => [
      { name: 'accumulator', shape, start: config.initialAccumulatorValue },
      { name: 'linear', shape, start: 0 },
    ],
    coefficients: ({ learningRate }) => [learningRate],
    update: (update) => {
      const { builder, gradient, parameter } = update
      const learningRate = coefficientAt(update, 0)
      const power = (value: TensorValue) =>
        builder.apply('Pow', [value, builder.scalar(-config.learningRatePower)])
      const before = slotAt(update, 0)
      const accumulator = builder.apply('Add', [before, builder.apply('Mul', [gradient, gradient])])
      const strength = power(accumulator)
      const growth = builder.apply('Sub', [strength, power(before)])
      const pull = builder.apply('Mul', [builder.apply('Div', [growth, learningRate]), parameter])
      const shrunk =
        shrinkage > 0
          ? builder.apply('Add', [gradient, builder.apply('Mul', [parameter, builder.scalar(shrinkage)])])
          : gradient
      const linear = builder.apply('Add', [slotAt(update, 1), builder.apply('Sub', [shrunk, pull])])
      const clipped = builder.apply('Clip', [linear, builder.scalar(-l1), builder.scalar(l1)])
      const raised = builder.apply('Add', [strength, builder.scalar(config.beta)])
      const quadratic = builder.apply('Add', [
        builder.apply('Div', [raised, learningRate]),
        builder.scalar(2 * config.l2RegularizationStrength),
      ])
      const next = builder.apply('Div', [builder.apply('Sub', [clipped, linear]), quadratic])
      return { parameter: next, slots: [accumulator, linear] }
    },
  }
}
