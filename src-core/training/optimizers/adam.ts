import type { TensorValue } from '../../tensor-graph/types.ts'
import type { OptimizerConfig } from '../run-config.ts'
import {
  coefficientAt,
  decayFactor,
  type OptimizerRule,
  type ParameterUpdate,
  type StepSchedule,
  slotAt,
} from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'adam' | 'adamw' }>

/**
 * Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019) with Keras 3's epsilon:
 *
 *     parameter − learningRate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
 *
 * The slots hold the discounted sums G = Σ β₁ᵗ⁻ⁱ gᵢ and S = Σ β₂ᵗ⁻ⁱ gᵢ² instead of the means m = (1 − β₁) G and
 * v = (1 − β₂) S: two passes over memory less per step, and the constant factors go into the step size and ε.
 */
export function adam(config: Config): OptimizerRule {
  const weightDecay = config.kind === 'adamw' ? config.weightDecay : 0
  return {
    slots: ['gradientSum', 'squareSum'],
    coefficients: (schedule) => [
      stepSize(schedule, config),
      ...(weightDecay > 0 ? [decayFactor(schedule, weightDecay)] : []),
    ],
    update: (update) => {
      const { builder, gradient } = update
      const square = builder.apply('Mul', [gradient, gradient])
      const gradientSum = discountedSum(update, 0, config.beta1, gradient)
      const squareSum = discountedSum(update, 1, config.beta2, square)
      const epsilon = builder.scalar(config.epsilon / Math.sqrt(1 - config.beta2))
      const denominator = builder.apply('Add', [builder.apply('Sqrt', [squareSum]), epsilon])
      const direction = builder.apply('Div', [gradientSum, denominator])
      const move = builder.apply('Mul', [direction, coefficientAt(update, 0)])
      const parameter =
        weightDecay > 0
          ? builder.apply('Mul', [update.parameter, coefficientAt(update, 1)])
          : update.parameter
      return { parameter: builder.apply('Sub', [parameter, move]), slots: [gradientSum, squareSum] }
    },
  }
}

function discountedSum(
  update: ParameterUpdate,
  slot: number,
  discount: number,
  term: TensorValue,
): TensorValue {
  const { builder } = update
  return builder.apply('Add', [builder.apply('Mul', [slotAt(update, slot), builder.scalar(discount)]), term])
}

/** learningRate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · (1 − β₁) / √(1 − β₂). */
function stepSize(schedule: StepSchedule, { beta1, beta2 }: Config): TensorValue {
  const { builder, learningRate } = schedule
  const numerator = builder.apply('Sqrt', [oneMinusPower(schedule, beta2)])
  const correction = builder.apply('Div', [numerator, oneMinusPower(schedule, beta1)])
  const scale = builder.scalar((1 - beta1) / Math.sqrt(1 - beta2))
  return builder.apply('Mul', [builder.apply('Mul', [learningRate, scale]), correction])
}

/**
 * 1 − betaᵗ for every step number t, as 2s / (1 + s) with s = tanh(−t ln(beta) / 2): the direct form loses half of its
 * float32 digits while betaᵗ is close to 1.
 */
function oneMinusPower({ builder, stepNumber }: StepSchedule, beta: number): TensorValue {
  const one = builder.scalar(1)
  if (beta === 0) return one
  const half = builder.apply('Mul', [stepNumber, builder.scalar(-Math.log(beta) / 2)])
  const s = builder.apply('Tanh', [half])
  const numerator = builder.apply('Add', [s, s])
  return builder.apply('Div', [numerator, builder.apply('Add', [one, s])])
}
