import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'

/** When an optimizer step happens. */
export interface StepSchedule {
  readonly builder: GraphBuilder
  /** float32 [steps]: learning rate of every step of a run. */
  readonly learningRate: TensorValue
  /** float32 [steps]: number of every step, the first of a training being 1. */
  readonly stepNumber: TensorValue
}

/** One tensor of parameters (of any shape) with everything that belongs to it in the same shape. */
export interface ParameterUpdate {
  readonly builder: GraphBuilder
  readonly parameter: TensorValue
  readonly gradient: TensorValue
  /** As many as the rule has slots. */
  readonly slots: readonly TensorValue[]
  /** This step's entries of what `coefficients` returned, each float32 [1]. */
  readonly coefficients: readonly TensorValue[]
}

export interface UpdatedParameter {
  readonly parameter: TensorValue
  readonly slots: readonly TensorValue[]
}

/** An optimizer as a graph builder. Slots start at zero. */
export interface OptimizerRule {
  readonly slots: readonly string[]
  /** What changes from step to step but is the same for all parameters: each float32 [steps], computed once per run. */
  coefficients(schedule: StepSchedule): readonly TensorValue[]
  update(update: ParameterUpdate): UpdatedParameter
}

/** 1 − learningRate · weightDecay: decoupled weight decay as in Keras 3, applied to parameters before the update. */
export function decayFactor(schedule: StepSchedule, weightDecay: number): TensorValue {
  const { builder, learningRate } = schedule
  const share = builder.apply('Mul', [learningRate, builder.scalar(weightDecay)])
  return builder.apply('Sub', [builder.scalar(1), share])
}

/** A coefficient that the rule itself asked for. */
export function coefficientAt(update: ParameterUpdate, index: number): TensorValue {
  return required(update.coefficients[index], `coefficient ${index}`)
}

/** A slot that the rule itself declared. */
export function slotAt(update: ParameterUpdate, index: number): TensorValue {
  return required(update.slots[index], `slot ${index}`)
}

function required(value: TensorValue | undefined, what: string): TensorValue {
  if (!value) throw new Error(`the optimizer was not given ${what}`)
  return value
}
