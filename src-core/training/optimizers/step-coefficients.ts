import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { StepSchedule } from './optimizer-rule.ts'
import { accumulationSteps, type WeightUpdate } from './weight-update.ts'

/** What one step needs to know that is the same for all weights: each float32 [1]. */
export interface StepCoefficients {
  readonly rule: readonly TensorValue[]
  /** Factor that weight decay gives weights before they are moved; absent without weight decay. */
  readonly decay?: TensorValue
}

export interface RunInputs {
  /** float32 [steps]: learning rate of every step of a run. */
  readonly learningRate: TensorValue
  /** float32 scalar: batches seen before the run. */
  readonly stepCount: TensorValue
}

/** By share of the learning rate. */
export type CoefficientsByFactor = ReadonlyMap<number, StepCoefficients>

/** The coefficients of every step of a run for every share of the learning rate, computed once for all of them. */
export function stepCoefficients(
  update: WeightUpdate,
  builder: GraphBuilder,
  { learningRate, stepCount }: RunInputs,
  factors: Iterable<number>,
): CoefficientsByFactor[] {
  const [steps = 1] = learningRate.shape
  const ordinals = Float32Array.from({ length: steps }, (_, index) => index + 1)
  const offsets = builder.constant('float32', [steps], ordinals, 'ordinals')
  const batchNumber = builder.apply('Add', [offsets, stepCount])
  const stepNumber = ordinalOfStep(builder, batchNumber, accumulationSteps(update))
  const byFactor = [...new Set(factors)].map((factor) => {
    const rate = factor === 1 ? learningRate : builder.apply('Mul', [learningRate, builder.scalar(factor)])
    const schedule: StepSchedule = { builder, learningRate: rate, stepNumber }
    return { factor, steps: scheduleCoefficients(update, schedule, steps) }
  })
  return Array.from(
    { length: steps },
    (_, step) => new Map(byFactor.flatMap(({ factor, steps: list }) => pairAt(factor, list[step]))),
  )
}

function pairAt<T>(key: number, value: T | undefined): [number, T][] {
  return value === undefined ? [] : [[key, value]]
}

function scheduleCoefficients(
  update: WeightUpdate,
  schedule: StepSchedule,
  steps: number,
): StepCoefficients[] {
  const { builder } = schedule
  const perRun = update.rule.coefficients(schedule)
  const decay = update.weightDecay > 0 ? [decayFactor(schedule, update.weightDecay)] : []
  const split = [...perRun, ...decay].map((values) => splitSteps(builder, values, steps))
  return Array.from({ length: steps }, (_, step) => {
    const values = split.flatMap((list) => list[step] ?? [])
    const factor = decay.length > 0 ? values.at(-1) : undefined
    return { rule: values.slice(0, perRun.length), ...(factor && { decay: factor }) }
  })
}

/** Number of the optimizer's step that a batch with this number (from 1) ends with. */
function ordinalOfStep(builder: GraphBuilder, batchNumber: TensorValue, accumulation: number): TensorValue {
  if (accumulation === 1) return batchNumber
  // Batch numbers of the batches that end a step are multiples of the divisor, so the quotient is whole but for
  // rounding; the others have no use for it.
  return builder.apply('Round', [builder.apply('Div', [batchNumber, builder.scalar(accumulation)])])
}

/** 1 − learningRate · weightDecay: decoupled weight decay as in Keras 3. */
function decayFactor({ builder, learningRate }: StepSchedule, weightDecay: number): TensorValue {
  const share = builder.apply('Mul', [learningRate, builder.scalar(weightDecay)])
  return builder.apply('Sub', [builder.scalar(1), share])
}

function splitSteps(builder: GraphBuilder, values: TensorValue, steps: number): TensorValue[] {
  // What does not change from step to step is a scalar.
  if (values.shape.length === 0) return new Array<TensorValue>(steps).fill(values)
  if (steps === 1) return [values]
  const sizes = builder.integers(new Array<number>(steps).fill(1))
  return builder.applyMany('Split', [values, sizes], { axis: 0 }, steps)
}
