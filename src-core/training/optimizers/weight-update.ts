import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { OptimizerConfig } from '../run-config.ts'
import { type GroupState, groupState, type TrainingState } from '../training-state.ts'
import type { WeightGroup } from '../weight-groups.ts'
import type { WeightUpdateSettings } from '../weight-update-config.ts'
import { clipGradients, type GroupGradients } from './gradient-clipping.ts'
import type { OptimizerRule, SlotSpec } from './optimizer-rule.ts'
import { optimizerRule } from './optimizer-rules.ts'
import type { StepCoefficients } from './step-coefficients.ts'

/** Everything that moves weights: the optimizer's rule, and what is done to gradients and weights around it. */
export interface WeightUpdate {
  readonly rule: OptimizerRule
  readonly weightDecay: number
  readonly settings: WeightUpdateSettings
}

/** The update that a configuration asks for. */
export function weightUpdate(optimizer: OptimizerConfig, settings: WeightUpdateSettings): WeightUpdate {
  return { rule: optimizerRule(optimizer), weightDecay: optimizer.weightDecay ?? 0, settings }
}

/** The state tensors of a trainable group besides its weights. */
export function updateSlots({ rule }: WeightUpdate, { shape }: WeightGroup): readonly SlotSpec[] {
  return rule.slots(shape)
}

/** One step of the optimizer. */
export interface UpdateStep {
  readonly builder: GraphBuilder
  /** The groups that move. */
  readonly groups: readonly WeightGroup[]
  readonly state: TrainingState
  readonly coefficients: StepCoefficients
  /** Gradient of the loss with respect to a group. */
  gradient(group: WeightGroup): TensorValue
}

/** The groups after one step: clipping, weight decay, then the optimizer's rule, as Keras 3 orders them. */
export function moveWeights(update: WeightUpdate, step: UpdateStep): Map<WeightGroup, GroupState> {
  const clipped = clippedGradients(update, step)
  return new Map(
    step.groups.map((group) => {
      const gradient = clipped?.get(group) ?? step.gradient(group)
      return [group, moveGroup(update, step, group, gradient)]
    }),
  )
}

function clippedGradients({ settings }: WeightUpdate, step: UpdateStep): GroupGradients | undefined {
  if (!settings.clipping) return undefined
  const gradients = new Map(step.groups.map((group) => [group, step.gradient(group)]))
  return clipGradients(step.builder, gradients, settings.clipping)
}

function moveGroup(
  { rule }: WeightUpdate,
  { builder, state, coefficients }: UpdateStep,
  group: WeightGroup,
  gradient: TensorValue,
): GroupState {
  const held = groupState(state, group)
  const parameter = coefficients.decay
    ? builder.apply('Mul', [held.weights, coefficients.decay])
    : held.weights
  const { slots } = held
  const moved = rule.update({ builder, parameter, gradient, slots, coefficients: coefficients.rule })
  return { weights: moved.parameter, slots: moved.slots }
}
