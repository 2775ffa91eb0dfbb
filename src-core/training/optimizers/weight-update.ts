import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { OptimizerConfig } from '../run-config.ts'
import { type GroupState, groupState, type TrainingState } from '../training-state.ts'
import type { Packing, WeightGroup } from '../weight-groups.ts'
import type { WeightUpdateSettings } from '../weight-update-config.ts'
import { clipGradients, type GroupGradients } from './gradient-clipping.ts'
import type { OptimizerRule, SlotSpec } from './optimizer-rule.ts'
import { optimizerRule } from './optimizer-rules.ts'
import type { StepCoefficients } from './step-coefficients.ts'
import { constrainWeight } from './weight-constraint.ts'

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

/** Batches whose mean gradient makes one step. */
export function accumulationSteps({ settings }: WeightUpdate): number {
  return settings.gradientAccumulationSteps ?? 1
}

/** How weights are packed, so that each group is moved as a whole. */
export function packingOf({ rule, weightDecay, settings }: WeightUpdate): Packing {
  const separatesDecay = weightDecay > 0 && settings.excludeFromWeightDecay === true
  return { perWeight: rule.perWeight, separatesDecay }
}

/** The state tensors of a trainable group besides its weights: the rule's slots come first. */
export function updateSlots(update: WeightUpdate, { shape }: WeightGroup): readonly SlotSpec[] {
  const accumulator = { name: 'gradientAccumulator', shape, start: 0 }
  const average = { name: 'average', shape, start: 0, isWeightAverage: true }
  return [
    ...update.rule.slots(shape),
    ...(accumulationSteps(update) > 1 ? [accumulator] : []),
    ...(update.settings.weightAverage ? [average] : []),
  ]
}

/** A group's slots by what they are for. */
interface HeldSlots {
  readonly rule: readonly TensorValue[]
  readonly accumulator: TensorValue | undefined
  readonly average: TensorValue | undefined
}

function heldSlots(update: WeightUpdate, group: WeightGroup, { slots }: GroupState): HeldSlots {
  const count = update.rule.slots(group.shape).length
  const others = slots.slice(count)
  return {
    rule: slots.slice(0, count),
    accumulator: accumulationSteps(update) > 1 ? others[0] : undefined,
    average: update.settings.weightAverage ? others.at(-1) : undefined,
  }
}

/** What one batch gives to the weights. */
export interface UpdateStep {
  readonly builder: GraphBuilder
  /** The groups that move. */
  readonly groups: readonly WeightGroup[]
  readonly state: TrainingState
  readonly coefficients: StepCoefficients
  /** Gradient of the loss with respect to a group. */
  gradient(group: WeightGroup): TensorValue
}

/** The groups after a batch whose gradients are only kept for a later step. */
export function collectGradients(update: WeightUpdate, step: UpdateStep): Map<WeightGroup, GroupState> {
  return new Map(
    step.groups.map((group) => {
      const held = groupState(step.state, group)
      const { rule, average } = heldSlots(update, group, held)
      const sum = accumulated(update, step, group)
      const slots = [...rule, sum, ...nextAverage(step, average, held.weights)]
      return [group, { weights: held.weights, slots }]
    }),
  )
}

/** Sum of a group's gradients since the last step of the optimizer. */
function accumulated(update: WeightUpdate, step: UpdateStep, group: WeightGroup): TensorValue {
  const gradient = step.gradient(group)
  const { accumulator } = heldSlots(update, group, groupState(step.state, group))
  return accumulator ? step.builder.apply('Add', [gradient, accumulator]) : gradient
}

/** kept · average + taken · weights; nothing when weights are not averaged. Moves after every batch, as in Keras 3. */
function nextAverage(
  { builder, coefficients }: UpdateStep,
  average: TensorValue | undefined,
  weights: TensorValue,
): TensorValue[] {
  if (!average || !coefficients.average) return []
  const { kept, taken } = coefficients.average
  return [
    builder.apply('Add', [builder.apply('Mul', [average, kept]), builder.apply('Mul', [weights, taken])]),
  ]
}

/**
 * The groups after one step. As in Keras 3: clipping, weight decay, the optimizer's rule, the average, then constraints
 * (so an average is one of weights that are not constrained yet).
 */
export function moveWeights(update: WeightUpdate, step: UpdateStep): Map<WeightGroup, GroupState> {
  const clipped = clippedGradients(update, step)
  return new Map(
    step.groups.map((group) => {
      const gradient = clipped?.get(group) ?? meanGradient(update, step, group)
      return [group, moveGroup(update, step, group, gradient)]
    }),
  )
}

/** Mean of a group's gradients over the batches of a step. */
function meanGradient(update: WeightUpdate, step: UpdateStep, group: WeightGroup): TensorValue {
  const sum = accumulated(update, step, group)
  const count = accumulationSteps(update)
  return count === 1 ? sum : step.builder.apply('Div', [sum, step.builder.scalar(count)])
}

function clippedGradients(update: WeightUpdate, step: UpdateStep): GroupGradients | undefined {
  const { clipping } = update.settings
  if (!clipping) return undefined
  const gradients = new Map(step.groups.map((group) => [group, meanGradient(update, step, group)]))
  return clipGradients(step.builder, gradients, clipping)
}

function moveGroup(
  update: WeightUpdate,
  step: UpdateStep,
  group: WeightGroup,
  gradient: TensorValue,
): GroupState {
  const { builder } = step
  const held = groupState(step.state, group)
  const coefficients = step.coefficients.byFactor.get(group.learningRateFactor)
  if (!coefficients) throw new Error(`the group ${group.name} has no coefficients`)
  const { rule: slots, accumulator, average } = heldSlots(update, group, held)
  const parameter =
    coefficients.decay && group.decays
      ? builder.apply('Mul', [held.weights, coefficients.decay])
      : held.weights
  const moved = update.rule.update({ builder, parameter, gradient, slots, coefficients: coefficients.rule })
  const emptied = accumulator ? [builder.apply('ConstantOfShape', [builder.integers(accumulator.shape)])] : []
  const averaged = nextAverage(step, average, moved.parameter)
  const weights = group.constraint
    ? constrainWeight(builder, moved.parameter, group.constraint)
    : moved.parameter
  return { weights, slots: [...moved.slots, ...emptied, ...averaged] }
}
