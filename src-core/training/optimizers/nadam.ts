import type { TensorValue } from '../../tensor-graph/types.ts'
import type { OptimizerConfig } from '../run-config.ts'
import { discountedSum, oneMinusPower } from './moving-sums.ts'
import { coefficientAt, type OptimizerRule, type StepSchedule, zeroSlots } from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'nadam' }>

/** How fast the momentum of Nadam warms up: β₁ · (1 − 0.5 · 0.96ᵗ). Keras and PyTorch have the same constants. */
const warmup = 0.96
const warmupShare = 0.5

/**
 * Nadam (Dozat 2016) as in Keras 3, with uₜ = β₁ (1 − 0.5 · 0.96ᵗ) and Pₜ = u₁ u₂ … uₜ:
 *
 *     m̂ = uₜ₊₁ m / (1 − Pₜ₊₁) + (1 − uₜ) g / (1 − Pₜ)
 *     parameter − learningRate · m̂ / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * As in {@link adam}, the slots are sums; m is (1 − β₁) and v (1 − β₂) times that.
 */
export function nadam({ beta1, beta2, epsilon }: Config): OptimizerRule {
  return {
    perWeight: false,
    slots: zeroSlots('gradientSum', 'squareSum'),
    coefficients: (schedule) => {
      const { builder, learningRate } = schedule
      const next = later(schedule)
      const one = builder.scalar(1)
      const momentumShare = builder.apply('Mul', [momentumAt(next, beta1), builder.scalar(1 - beta1)])
      const gradientShare = builder.apply('Sub', [one, momentumAt(schedule, beta1)])
      const share = (numerator: TensorValue, at: StepSchedule) =>
        builder.apply('Mul', [
          learningRate,
          builder.apply('Div', [numerator, builder.apply('Sub', [one, momentumProduct(at, beta1)])]),
        ])
      const correction = builder.apply('Div', [builder.scalar(1 - beta2), oneMinusPower(schedule, beta2)])
      return [share(momentumShare, next), share(gradientShare, schedule), correction]
    },
    update: (update) => {
      const { builder, gradient } = update
      const gradientSum = discountedSum(update, 0, beta1, gradient)
      const squareSum = discountedSum(update, 1, beta2, builder.apply('Mul', [gradient, gradient]))
      const direction = builder.apply('Add', [
        builder.apply('Mul', [gradientSum, coefficientAt(update, 0)]),
        builder.apply('Mul', [gradient, coefficientAt(update, 1)]),
      ])
      const root = builder.apply('Sqrt', [builder.apply('Mul', [squareSum, coefficientAt(update, 2)])])
      const move = builder.apply('Div', [direction, builder.apply('Add', [root, builder.scalar(epsilon)])])
      return { parameter: builder.apply('Sub', [update.parameter, move]), slots: [gradientSum, squareSum] }
    },
  }
}

/** The schedule one step on. */
function later(schedule: StepSchedule): StepSchedule {
  const { builder, stepNumber } = schedule
  return { ...schedule, stepNumber: builder.apply('Add', [stepNumber, builder.scalar(1)]) }
}

/** uₜ = β₁ (1 − 0.5 · 0.96ᵗ). */
function momentumAt({ builder, stepNumber }: StepSchedule, beta1: number): TensorValue {
  const exponent = builder.apply('Mul', [stepNumber, builder.scalar(Math.log(warmup))])
  const faded = builder.apply('Mul', [builder.apply('Exp', [exponent]), builder.scalar(beta1 * warmupShare)])
  return builder.apply('Sub', [builder.scalar(beta1), faded])
}

/** Terms of the series below: 0.5³⁰ is far below what float32 can tell. */
const seriesTerms = 30

/**
 * Pₜ = β₁ᵗ · Π (1 − 0.5 · 0.96ⁱ), a function of the step number alone, so that nothing needs to be kept between steps.
 * With −ln(1 − x) = Σ xᵏ / k and a geometric sum over i, ln Π = −Σₖ cₖ (1 − 0.96ᵏᵗ), cₖ = 0.5ᵏ / k · 0.96ᵏ / (1 − 0.96ᵏ).
 */
function momentumProduct({ builder, stepNumber }: StepSchedule, beta1: number): TensorValue {
  if (beta1 === 0) return builder.scalar(0)
  const orders = Array.from({ length: seriesTerms }, (_, index) => index + 1)
  const column = (values: readonly number[], hint: string) =>
    builder.constant('float32', [seriesTerms, 1], Float32Array.from(values), hint)
  const rates = column(
    orders.map((k) => k * Math.log(warmup)),
    'rates',
  )
  const weights = orders.map((k) => ((warmupShare ** k / k) * warmup ** k) / (1 - warmup ** k))
  const steps = builder.apply('Reshape', [stepNumber, builder.integers([1, -1])])
  const faded = builder.apply('Exp', [builder.apply('Mul', [rates, steps])])
  const terms = builder.apply('Mul', [faded, column(weights, 'weights')])
  const series = builder.apply('ReduceSum', [terms, builder.integers([0])], { keepdims: 0 })
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const linear = builder.apply('Mul', [stepNumber, builder.scalar(Math.log(beta1))])
  const logarithm = builder.apply('Add', [linear, builder.apply('Sub', [series, builder.scalar(whole)])])
  return builder.apply('Exp', [logarithm])
}
