import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'

/** When an optimizer step happens. */
export interface StepSchedule {
  readonly builder: GraphBuilder
  /** float32 [steps]: learning rate of every step of a run. */
  readonly learningRate: TensorValue
  /** float32 [steps]: number of every step, the first of a training being 1. */
  readonly stepNumber: TensorValue
}

/** What an optimizer remembers of a parameter from one step to the next. */
export interface SlotSpec {
  readonly name: string
  /** That of the parameter, or a smaller one for rules that are `perWeight`. */
  readonly shape: Shape
  /** What every element is before the first step. */
  readonly start: number
  /** True for the moving average of the parameter, which stands for it wherever the trained model is used. */
  readonly isWeightAverage?: boolean
}

/** One tensor of parameters (of any shape) with everything that belongs to it. */
export interface ParameterUpdate {
  readonly builder: GraphBuilder
  /** After weight decay. */
  readonly parameter: TensorValue
  /** Has the parameter's shape. */
  readonly gradient: TensorValue
  /** As many as the rule has slots for the parameter's shape. */
  readonly slots: readonly TensorValue[]
  /** This step's entries of what `coefficients` returned, each float32 [1]. */
  readonly coefficients: readonly TensorValue[]
}

export interface UpdatedParameter {
  readonly parameter: TensorValue
  readonly slots: readonly TensorValue[]
}

/** An optimizer as a graph builder. */
export interface OptimizerRule {
  /** True when the formula looks at a weight as a whole (its norm, its axes): then weights never share a tensor. */
  readonly perWeight: boolean
  /** The slots of a parameter of this shape. */
  slots(shape: Shape): readonly SlotSpec[]
  /** What changes from step to step but is the same for all parameters: each float32 [steps], computed once per run. */
  coefficients(schedule: StepSchedule): readonly TensorValue[]
  update(update: ParameterUpdate): UpdatedParameter
}

/** Slots of the parameter's own shape that start at zero. */
export function zeroSlots(...names: readonly string[]): OptimizerRule['slots'] {
  return (shape) => names.map((name) => ({ name, shape, start: 0 }))
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
