import type { ModelPlan } from '../compile/model-plan.ts'
import type { StateCarrier } from '../layers/define-layer.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../tensor-graph/types.ts'
import { feed, feedFeatures, feedTargets } from './feed-ports.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import { lowerModel, type ModelLowering } from './lower-model.ts'
import { mixBatch, mixedObjective } from './mixing.ts'
import type { InputNormalization } from './normalization.ts'
import { buildObjective, type Objective, weightPenalties } from './objective.ts'
import type { PrecisionMarks } from './precision/precision-marks.ts'
import { contrastiveObjective, lowerViews } from './recipes/lower-contrastive.ts'
import type { MixingSettings } from './run-config.ts'
import type { RandomPort, StepFeeds } from './train-step.ts'
import { splitGroup, type WeightGroup, weightTensor } from './weight-groups.ts'

/** What the forward half of one training step is built from. */
export interface StepLowering {
  readonly builder: GraphBuilder
  readonly plan: ModelPlan
  readonly losses: ReadonlyMap<string, OutputLoss>
  readonly normalization: ReadonlyMap<string, InputNormalization>
  readonly batchSize: number
  readonly mixing?: MixingSettings | undefined
  readonly groups: readonly WeightGroup[]
  /** Told what must not be rounded; absent where everything is float32. */
  readonly marks?: PrecisionMarks | undefined
  /** Keeps the states of stateful layers. */
  readonly carrier: StateCarrier
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
  const { builder, plan, losses, normalization, batchSize, groups, mixing, marks } = lowering
  const inputName = (kind: string) => (name: string) => `${kind}/${name}@${step}`
  const features = feedFeatures(builder, plan, normalization, batchSize, inputName('features'))
  const targets = feedTargets(builder, plan, losses, batchSize, inputName('targets'))
  const sampleWeight = feed(builder, `sampleWeight@${step}`, 'float32', [batchSize])
  const weights = new Map(groups.flatMap((group) => [...splitGroup(builder, group, packed(group))]))
  marks?.weights(weights.values())
  const updates = new Map<string, TensorValue>()
  const random: RandomPort[] = []
  const noise = (key: string, shape: Shape) => {
    const drawn = feed(builder, `random/${key}@${step}`, 'float32', shape)
    random.push({ ...drawn.port, key })
    return drawn.value
  }
  const mixed =
    mixing && builder.scope('mixing', () => mixBatch(builder, mixing, features.values, batchSize, noise))
  const model: ModelLowering = {
    builder,
    plan,
    batchSize,
    training: true,
    inputs: mixed?.features ?? features.values,
    weight: (name) => weightTensor(weights, name),
    updateWeight: (name, next) => updates.set(name, next),
    random: noise,
  }
  const feeds = { features: features.ports, targets: targets.ports, sampleWeight: sampleWeight.port, random }
  const inFull = <T>(build: () => T) => (marks ? marks.full(builder, build) : build())
  const ofWeights = weightPenalties(builder, groups, weights)
  if (plan.recipe?.kind === 'contrastive') {
    const views = lowerViews(model)
    const all = [...ofWeights, ...views.penalties]
    const { recipe } = plan
    const objective = inFull(() =>
      contrastiveObjective(builder, recipe, views.embeddings, sampleWeight.value, all),
    )
    return { feeds, objective, weights, updates }
  }
  const { values, masks, penalties } = lowerModel({ ...model, carrier: lowering.carrier })
  const score = (targets: ReadonlyMap<string, TensorValue>, sampleWeight: TensorValue) =>
    buildObjective({
      builder,
      plan,
      losses,
      values,
      masks,
      targets,
      sampleWeight,
      penalties: ofWeights,
      layerPenalties: penalties,
    })
  const objective = inFull(() =>
    mixed
      ? mixedObjective(builder, mixed.share, targets.values, sampleWeight.value, score)
      : score(targets.values, sampleWeight.value),
  )
  return { feeds, objective, weights, updates }
}
