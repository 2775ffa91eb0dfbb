import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { StepSchedule } from './optimizer-rule.ts'
import { accumulationSteps, type WeightUpdate } from './weight-update.ts'

/** What a rule and weight decay need to know of one step: each float32 [1]. */
export interface RuleCoefficients {
  readonly rule: readonly TensorValue[]
  /** Factor that weight decay gives weights before they are moved; absent without weight decay. */
  readonly decay?: TensorValue
}

/** Everything about one step that is the same for all weights with the same share of the learning rate. */
export interface StepCoefficients {
  /** By share of the learning rate. */
  readonly byFactor: ReadonlyMap<number, RuleCoefficients>
  /** Shares of the old average and of the new weights in the next average. */
  readonly average?: { readonly kept: TensorValue; readonly taken: TensorValue }
}

export interface RunInputs {
  /** float32 [steps]: learning rate of every step of a run. */
  readonly learningRate: TensorValue
  /** float32 scalar: batches seen before the run. */
  readonly stepCount: TensorValue
}

/** The coefficients of every step of a run, computed once for all of them. */
export function stepCoefficients(
  update: WeightUpdate,
  builder: GraphBuilder,
  { learningRate, stepCount }: RunInputs,
  factors: Iterable<number>,
): StepCoefficients[] {
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
  const averages = averageShares(update, builder, batchNumber)
  return Array.from({ length: steps }, (_, step) => {
    const average = averages[step]
    return {
      byFactor: new Map(byFactor.flatMap(({ factor, steps: list }) => pairAt(factor, list[step]))),
      ...(average && { average }),
    }
  })
}

/** As in Keras 3, the average is the weights themselves as long as the optimizer has taken one step at most. */
function averageShares(
  update: WeightUpdate,
  builder: GraphBuilder,
  batchNumber: TensorValue,
): NonNullable<StepCoefficients['average']>[] {
  const { weightAverage } = update.settings
  if (!weightAverage) return []
  const [steps = 1] = batchNumber.shape
  const later = builder.apply('Sub', [batchNumber, builder.scalar(accumulationSteps(update))])
  const hasBegun = builder.apply('Clip', [later, builder.scalar(0), builder.scalar(1)])
  const kept = builder.apply('Mul', [hasBegun, builder.scalar(weightAverage.momentum)])
  const taken = builder.apply('Sub', [builder.scalar(1), kept])
  const takenByStep = splitSteps(builder, taken, steps)
  return splitSteps(builder, kept, steps).flatMap((value, step) => {
    const other = takenByStep[step]
    return other ? [{ kept: value, taken: other }] : []
  })
}

function pairAt<T>(key: number, value: T | undefined): [number, T][] {
  return value === undefined ? [] : [[key, value]]
}

function scheduleCoefficients(
  update: WeightUpdate,
  schedule: StepSchedule,
  steps: number,
): RuleCoefficients[] {
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
