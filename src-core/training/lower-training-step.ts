import type { ModelPlan } from '../compile/model-plan.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { feed, feedFeatures, feedTargets } from './feed-ports.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import { lowerModel } from './lower-model.ts'
import type { InputNormalization } from './normalization.ts'
import { buildObjective, type Objective, weightPenalties } from './objective.ts'
import type { RandomPort, StepFeeds } from './train-step.ts'
import { splitGroup, type WeightGroup, weightTensor } from './weight-groups.ts'

/** What the forward half of one training step is built from. */
export interface StepLowering {
  readonly builder: GraphBuilder
  readonly plan: ModelPlan
  readonly losses: ReadonlyMap<string, OutputLoss>
  readonly normalization: ReadonlyMap<string, InputNormalization>
  readonly batchSize: number
  readonly groups: readonly WeightGroup[]
}

export interface LoweredStep {
  readonly feeds: StepFeeds
  readonly objective: Objective
  /** Every weight in its own shape, by full name. */
  readonly weights: ReadonlyMap<string, TensorValue>
  /** What layers set weights to that no optimizer moves, by full name. */
  readonly updates: ReadonlyMap<string, TensorValue>
}

/** Adds the forward half of step number `step` of a run: feeds, model and objective. */
export function lowerTrainingStep(
  lowering: StepLowering,
  packed: (group: WeightGroup) => TensorValue,
  step: number,
): LoweredStep {
  const { builder, plan, losses, normalization, batchSize, groups } = lowering
  const inputName = (kind: string) => (name: string) => `${kind}/${name}@${step}`
  const features = feedFeatures(builder, plan, normalization, batchSize, inputName('features'))
  const targets = feedTargets(builder, plan, losses, batchSize, inputName('targets'))
  const sampleWeight = feed(builder, `sampleWeight@${step}`, 'float32', [batchSize])
  const weights = new Map(groups.flatMap((group) => [...splitGroup(builder, group, packed(group))]))
  const updates = new Map<string, TensorValue>()
  const random: RandomPort[] = []
  const { values, penalties } = lowerModel({
    builder,
    plan,
    batchSize,
    training: true,
    inputs: features.values,
    weight: (name) => weightTensor(weights, name),
    updateWeight: (name, next) => updates.set(name, next),
    random: (key, shape) => {
      const noise = feed(builder, `random/${key}@${step}`, 'float32', shape)
      random.push({ ...noise.port, key })
      return noise.value
    },
  })
  const objective = buildObjective({
    builder,
    plan,
    losses,
    values,
    targets: targets.values,
    sampleWeight: sampleWeight.value,
    penalties: [...weightPenalties(builder, groups, weights), ...penalties],
  })
  const feeds = { features: features.ports, targets: targets.ports, sampleWeight: sampleWeight.port, random }
  return { feeds, objective, weights, updates }
}
