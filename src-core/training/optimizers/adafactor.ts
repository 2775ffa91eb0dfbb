import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import type { OptimizerConfig } from '../run-config.ts'
import {
  coefficientAt,
  type OptimizerRule,
  type ParameterUpdate,
  type SlotSpec,
  type StepSchedule,
  slotAt,
} from './optimizer-rule.ts'

type Config = Extract<OptimizerConfig, { kind: 'adafactor' }>

/**
 * Adafactor (Shazeer and Stern 2018) as in Keras 3, without a first moment. With rms(x) = √mean(x²),
 * ρ = min(learningRate, 1 / √t) and β = 1 − t^beta2Decay:
 *
 *     v ← β · v + (1 − β) · (g² + ε₁)
 *     u = g / √v
 *     parameter − ρ · max(ε₂, rms(parameter)) · u / max(1, rms(u) / clipThreshold)
 *
 * Of weights with two axes or more v is not kept, only its means over either of two axes: v = r · c / mean(r). These
 * axes are inputs and outputs: the two of a matrix, the first two of a convolution kernel [filters, channels, ...].
 * The roots of r / mean(r) and c are taken one by one: where a unit is dead, their product is too small for float32, and
 * 0 / 0 would follow (as it does in Keras).
 */
export function adafactor(config: Config): OptimizerRule {
  return {
    perWeight: true,
    slots: (shape) => slots(shape),
    coefficients: (schedule) => coefficients(schedule, config),
    update: (update) => {
      const { builder, gradient, parameter } = update
      const square = builder.apply('Mul', [gradient, gradient])
      const regulated = builder.apply('Add', [square, builder.scalar(config.epsilon1)])
      const moments = secondMoments(update, regulated)
      const direction = moments.factors.reduce(
        (value, factor) => builder.apply('Div', [value, builder.apply('Sqrt', [factor])]),
        gradient,
      )
      const threshold = builder.scalar(config.clipThreshold)
      const excess = builder.apply('Max', [
        builder.scalar(1),
        builder.apply('Div', [rootMeanSquare(builder, direction), threshold]),
      ])
      const scale = builder.apply('Max', [
        builder.scalar(config.epsilon2),
        rootMeanSquare(builder, parameter),
      ])
      const rate = builder.apply('Div', [builder.apply('Mul', [coefficientAt(update, 0), scale]), excess])
      const move = builder.apply('Mul', [direction, rate])
      return { parameter: builder.apply('Sub', [parameter, move]), slots: moments.slots }
    },
  }
}

/** ρ, β and 1 − β of every step. */
function coefficients(
  { builder, learningRate, stepNumber }: StepSchedule,
  { beta2Decay }: Config,
): TensorValue[] {
  const slowest = builder.apply('Reciprocal', [builder.apply('Sqrt', [stepNumber])])
  const rate = builder.apply('Min', [learningRate, slowest])
  const fresh = builder.apply('Pow', [stepNumber, builder.scalar(beta2Decay)])
  return [rate, builder.apply('Sub', [builder.scalar(1), fresh]), fresh]
}

/** The axes over which the means are taken: `outputs` first (Keras's last axis), then `inputs`. */
function factoredAxes(shape: Shape): readonly [outputs: number, inputs: number] | undefined {
  if (shape.length < 2) return undefined
  return shape.length === 2 ? [1, 0] : [0, 1]
}

function slots(shape: Shape): SlotSpec[] {
  const axes = factoredAxes(shape)
  if (!axes) return [{ name: 'velocity', shape, start: 0 }]
  const without = (axis: number) => shape.toSpliced(axis, 1, 1)
  return [
    { name: 'meanOverOutputs', shape: without(axes[0]), start: 0 },
    { name: 'meanOverInputs', shape: without(axes[1]), start: 0 },
  ]
}

/** Factors whose product is v, and what is kept of them. */
function secondMoments(
  update: ParameterUpdate,
  square: TensorValue,
): { readonly factors: readonly TensorValue[]; readonly slots: readonly TensorValue[] } {
  const { builder } = update
  const moved = (slot: number, term: TensorValue) =>
    builder.apply('Add', [
      builder.apply('Mul', [slotAt(update, slot), coefficientAt(update, 1)]),
      builder.apply('Mul', [term, coefficientAt(update, 2)]),
    ])
  const axes = factoredAxes(update.parameter.shape)
  if (!axes) {
    const velocity = moved(0, square)
    return { factors: [velocity], slots: [velocity] }
  }
  const mean = (value: TensorValue, axis: number) =>
    builder.apply('ReduceMean', [value, builder.integers([axis])], { keepdims: 1 })
  const overOutputs = moved(0, mean(square, axes[0]))
  const overInputs = moved(1, mean(square, axes[1]))
  const share = builder.apply('Div', [overOutputs, mean(overOutputs, axes[1])])
  return { factors: [share, overInputs], slots: [overOutputs, overInputs] }
}

/** √mean(x²) as a float32 scalar. */
function rootMeanSquare(builder: GraphBuilder, value: TensorValue): TensorValue {
  const square = builder.apply('Mul', [value, value])
  return builder.apply('Sqrt', [builder.apply('ReduceMean', [square], { keepdims: 0 })])
}
