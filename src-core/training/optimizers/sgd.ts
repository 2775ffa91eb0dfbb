import type { TensorValue } from '../../tensor-graph/types.ts'
import type { OptimizerConfig } from '../run-config.ts'
import {
  coefficientAt,
  type OptimizerRule,
  type ParameterUpdate,
  slotAt,
  zeroSlots,
} from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'sgd' | 'momentum' | 'nesterov' }>

/**
 * Gradient descent (Keras 3 `SGD`): parameter − learningRate · gradient; with momentum m ← momentum · m −
 * learningRate · gradient and parameter + m; Nesterov's form adds momentum · m − learningRate · gradient instead.
 */
export function gradientDescent(config: Config): OptimizerRule {
  return {
    perWeight: false,
    slots: zeroSlots(...(config.kind === 'sgd' ? [] : ['momentum'])),
    coefficients: (schedule) => [schedule.learningRate],
    update: (update) => {
      const { builder, parameter } = update
      const descent = builder.apply('Mul', [update.gradient, coefficientAt(update, 0)])
      if (config.kind === 'sgd') return { parameter: builder.apply('Sub', [parameter, descent]), slots: [] }
      const momentum = nextMomentum(update, config.momentum, descent)
      const move =
        config.kind === 'nesterov' ? nextMomentum(update, config.momentum, descent, momentum) : momentum
      return { parameter: builder.apply('Add', [parameter, move]), slots: [momentum] }
    },
  }
}

/** momentum · m − descent, where m is the slot unless given. */
function nextMomentum(
  update: ParameterUpdate,
  momentum: number,
  descent: TensorValue,
  m = slotAt(update, 0),
): TensorValue {
  const { builder } = update
  return builder.apply('Sub', [builder.apply('Mul', [m, builder.scalar(momentum)]), descent])
}
