import { differentiate } from '../autodiff/differentiate.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import type { StepCoefficients } from './optimizers/step-coefficients.ts'
import { collectGradients, moveWeights, type WeightUpdate } from './optimizers/weight-update.ts'
import { groupState, type TrainingState } from './training-state.ts'
import { joinGroup, type WeightGroup, weightTensor } from './weight-groups.ts'

/** What some groups of weights need to take a step. */
export interface StateStep {
  readonly builder: GraphBuilder
  /** The groups that are advanced; a model's, or those of one of its networks. */
  readonly groups: readonly WeightGroup[]
  readonly update: WeightUpdate
  readonly state: TrainingState
  /** Every weight of the groups in its own shape, by full name. */
  readonly weights: ReadonlyMap<string, TensorValue>
  /** What layers set statistics to, by full name. */
  readonly updates: ReadonlyMap<string, TensorValue>
  /** Scalar that is descended. */
  readonly loss: TensorValue
  readonly coefficients: StepCoefficients
  /** False for a batch whose gradients are only kept for a later step. */
  readonly moves: boolean
}

/** Trainable groups are moved, or their gradients collected; statistics take what the layers set; frozen weights stay. */
export function advanceState(step: StateStep): TrainingState {
  const { builder, groups, state, weights, updates, coefficients, moves } = step
  const gradients = gradientsOf(step)
  return builder.scope('optimizer', () => {
    const moving = {
      builder,
      groups: groups.filter((group) => group.trainable),
      state,
      coefficients,
      gradient: (group: WeightGroup) => joinGroup(builder, group, (name) => weightTensor(gradients, name)),
    }
    const next = moves ? moveWeights(step.update, moving) : collectGradients(step.update, moving)
    for (const group of groups.filter(({ trainable }) => !trainable)) {
      const isUpdated = group.weights.some(({ name }) => updates.has(name))
      const held = groupState(state, group)
      const value = (name: string) => updates.get(name) ?? weightTensor(weights, name)
      next.set(group, isUpdated ? { weights: joinGroup(builder, group, value), slots: [] } : held)
    }
    return next
  })
}

/** ∂loss/∂weight of every trainable weight, by name. */
function gradientsOf({ builder, groups, weights, loss }: StateStep): Map<string, TensorValue> {
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
