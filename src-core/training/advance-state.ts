import { differentiate } from '../autodiff/differentiate.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import type { StepCoefficients } from './optimizers/step-coefficients.ts'
import { collectGradients, moveWeights, type WeightUpdate } from './optimizers/weight-update.ts'
import { groupState, type TrainingState } from './training-state.ts'
import { joinGroup, type WeightGroup, weightTensor } from './weight-groups.ts'

/** Some groups of weights, with their values. */
export interface GroupValues {
  readonly builder: GraphBuilder
  /** The groups that are advanced; a model's, or those of one of its networks. */
  readonly groups: readonly WeightGroup[]
  /** Every weight of the groups in its own shape, by full name. */
  readonly weights: ReadonlyMap<string, TensorValue>
}

/** What groups of weights need to move, besides their gradients. */
export interface StateMove extends GroupValues {
  readonly update: WeightUpdate
  readonly state: TrainingState
  /** What layers set statistics to, by full name. */
  readonly updates: ReadonlyMap<string, TensorValue>
  readonly coefficients: StepCoefficients
  /** False for a batch whose gradients are only kept for a later step. */
  readonly moves: boolean
}

export interface StateStep extends StateMove {
  /** Scalar that is descended. */
  readonly loss: TensorValue
}

export type GroupGradients = ReadonlyMap<WeightGroup, TensorValue>

/** Trainable groups are moved, or their gradients collected; statistics take what the layers set; frozen weights stay. */
export function advanceState(step: StateStep): TrainingState {
  const gradients = weightGradients(step, step.loss)
  return step.builder.scope('optimizer', () => moveState(step, joinedGradients(step, gradients)))
}

/** {@link advanceState} with gradients that are there already. */
export function moveState(step: StateMove, gradients: GroupGradients): TrainingState {
  const { builder, groups, state, weights, updates, coefficients, moves } = step
  const gradient = (group: WeightGroup) => {
    const found = gradients.get(group)
    if (!found) throw new Error(`the group ${group.name} has no gradient`)
    return found
  }
  const trainable = groups.filter((group) => group.trainable)
  const moving = { builder, groups: trainable, state, coefficients, gradient }
  const next = moves ? moveWeights(step.update, moving) : collectGradients(step.update, moving)
  for (const group of groups.filter(({ trainable }) => !trainable)) {
    const isUpdated = group.weights.some(({ name }) => updates.has(name))
    const held = groupState(state, group)
    const value = (name: string) => updates.get(name) ?? weightTensor(weights, name)
    next.set(group, isUpdated ? { weights: joinGroup(builder, group, value), slots: [] } : held)
  }
  return next
}

/** ∂loss/∂weight of every trainable weight, by name. */
export function weightGradients(
  { builder, groups, weights }: GroupValues,
  loss: TensorValue,
): ReadonlyMap<string, TensorValue> {
  const trainable = groups.filter((group) => group.trainable).flatMap((group) => group.weights)
  const values = trainable.map(({ name }) => weightTensor(weights, name))
  const gradients = differentiate(builder, loss, values)
  return new Map(
    trainable.flatMap(({ name }, index) => {
      const gradient = gradients[index]
      return gradient ? [[name, gradient] as const] : []
    }),
  )
}

/** Gradients in the form in which groups are packed. */
export function joinedGradients(
  { builder, groups }: Pick<GroupValues, 'builder' | 'groups'>,
  gradients: ReadonlyMap<string, TensorValue>,
): GroupGradients {
  const trainable = groups.filter((group) => group.trainable)
  return new Map(
    trainable.map((group) => [group, joinGroup(builder, group, (name) => weightTensor(gradients, name))]),
  )
}
