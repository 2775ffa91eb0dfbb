import type { StateCarrier } from '../layers/define-layer.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import type { TrainStepOptions } from './build-train-step.ts'
import type { SumLayout } from './metrics/read-metrics.ts'
import type { WeightUpdate } from './optimizers/weight-update.ts'
import type { LossScale } from './precision/loss-scaling.ts'
import type { PrecisionMarks } from './precision/precision-marks.ts'
import type { StepFeeds } from './train-step.ts'
import type { TrainingState } from './training-state.ts'
import type { WeightGroup } from './weight-groups.ts'

/** One step of a run as it stands in the graph. */
export interface BuiltStep {
  readonly feeds: StepFeeds
  /** float32 [1, sums]. */
  readonly sums: TensorValue
  readonly layout: SumLayout
  readonly state: TrainingState
  /** Under mixed precision only. */
  readonly scaling?: LossScale
}

/** How a recipe turns one batch into new weights. */
export interface StepBuilder {
  /** All weights of the model, each in one group. */
  readonly groups: readonly WeightGroup[]
  /** Adds step number `step` of the run. */
  build(state: TrainingState, step: number): BuiltStep
  /** The same under mixed precision. */
  buildScaled(state: TrainingState, scaling: LossScale, step: number): BuiltStep
}

/** What a step builder is made from. */
export interface StepBuilderInputs {
  readonly builder: GraphBuilder
  readonly options: TrainStepOptions
  readonly update: WeightUpdate
  /** float32 [steps]: learning rate of every step of the run. */
  readonly learningRate: TensorValue
  /** float32 scalar: batches seen before the run. */
  readonly stepCount: TensorValue
  /** Under mixed precision only. */
  readonly marks: PrecisionMarks | undefined
  /** Keeps the states of stateful layers. */
  readonly carrier: StateCarrier
}
