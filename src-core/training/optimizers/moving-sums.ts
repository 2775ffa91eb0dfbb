import type { TensorValue } from '../../tensor-graph/types.ts'
import { type ParameterUpdate, type StepSchedule, slotAt } from './optimizer-rule.ts'

/** discount · slot + term: Σ discountᵗ⁻ⁱ termᵢ, which is a moving mean but for the factor 1 − discount. */
export function discountedSum(
  update: ParameterUpdate,
  slot: number,
  discount: number,
  term: TensorValue,
): TensorValue {
  const { builder } = update
  return builder.apply('Add', [builder.apply('Mul', [slotAt(update, slot), builder.scalar(discount)]), term])
}

/** rate · slot + (1 − rate) · term. */
export function movingMean(
  update: ParameterUpdate,
  slot: number,
  rate: number,
  term: TensorValue,
): TensorValue {
  const { builder } = update
  return discountedSum(update, slot, rate, builder.apply('Mul', [term, builder.scalar(1 - rate)]))
}

/**
 * 1 − betaᵗ for every step number t, as 2s / (1 + s) with s = tanh(−t ln(beta) / 2): the direct form loses half of its
 * float32 digits while betaᵗ is close to 1.
 */
export function oneMinusPower({ builder, stepNumber }: StepSchedule, beta: number): TensorValue {
  const one = builder.scalar(1)
  if (beta === 0) return one
  const half = builder.apply('Mul', [stepNumber, builder.scalar(-Math.log(beta) / 2)])
  const s = builder.apply('Tanh', [half])
  const numerator = builder.apply('Add', [s, s])
  return builder.apply('Div', [numerator, builder.apply('Add', [one, s])])
}
