import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { type StepCoefficients, stepCoefficients } from '../optimizers/step-coefficients.ts'
import { accumulationSteps, type WeightUpdate } from '../optimizers/weight-update.ts'
import { type GroupState, groupState, type TrainingState } from '../training-state.ts'
import type { WeightGroup } from '../weight-groups.ts'
import type { LossScale } from './loss-scaling.ts'

/** Inputs of a training graph that say where in a training it is. */
export interface RunPosition {
  /** float32 [steps]. */
  readonly learningRate: TensorValue
  /** float32 scalar: batches seen before the run. */
  readonly stepCount: TensorValue
}

/**
 * The optimizer's coefficients for step number `step` of a run. Steps that were skipped do not count: an optimizer whose
 * formula asks for the number of its step must see the same numbers as if they had never been tried.
 */
export function scaledCoefficients(
  builder: GraphBuilder,
  update: WeightUpdate,
  { learningRate, stepCount }: RunPosition,
  factors: readonly number[],
  { skippedSteps }: LossScale,
  step: number,
): StepCoefficients {
  const bounds = [step, step + 1, 0].map((each) => builder.integers([each]))
  const own = learningRate.shape[0] === 1 ? learningRate : builder.apply('Slice', [learningRate, ...bounds])
  const skipped = builder.apply('Mul', [skippedSteps, builder.scalar(accumulationSteps(update))])
  const taken = builder.apply('Sub', [builder.apply('Add', [stepCount, builder.scalar(step)]), skipped])
  const [coefficients] = stepCoefficients(update, builder, { learningRate: own, stepCount: taken }, factors)
  if (!coefficients) throw new Error(`step ${step} of the run has no coefficients`)
  return coefficients
}

/**
 * The state after a step: `next` where all gradients were finite, else what was held before. Gradients that were
 * accumulated for a step that is skipped are lost with it, as in PyTorch; a batch in between only adds nothing.
 */
export function keptWhereNotFinite(
  builder: GraphBuilder,
  update: WeightUpdate,
  finite: TensorValue,
  moves: boolean,
  held: TrainingState,
  next: TrainingState,
): Map<WeightGroup, GroupState> {
  const choose = (moved: TensorValue, before: TensorValue | undefined) => {
    if (!before || moved.name === before.name) return moved
    return builder.apply('Where', [finite, moved, before])
  }
  return new Map(
    [...next].map(([group, { weights, slots }]) => {
      const before = groupState(held, group)
      const isEmptied = (index: number) =>
        moves && accumulationSteps(update) > 1 && index === update.rule.slots(group.shape).length
      return [
        group,
        {
          weights: choose(weights, before.weights),
          slots: slots.map((slot, index) => (isEmptied(index) ? slot : choose(slot, before.slots[index]))),
        },
      ]
    }),
  )
}
