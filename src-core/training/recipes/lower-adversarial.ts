import type { PlannedLayer } from '../../compile/model-plan.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import { layerValue, lowerModel, type ModelLowering } from '../lower-model.ts'
import { sampleShares, sharedMean, sumOf, weightedSums } from '../sample-sums.ts'
import { discriminatorLoss, generatorLoss, judgedRight, type Scores, scoresOf } from './adversarial-losses.ts'
import type { AdversarialParts } from './adversarial-parts.ts'
import type { AdversarialRecipe } from './recipe-config.ts'

/** What passes through the networks of a GAN have in common. */
export interface AdversarialPasses {
  readonly parts: AdversarialParts
  /** `inputs` are the features. */
  readonly lowering: Omit<ModelLowering, 'weight' | 'updateWeight' | 'random'>
  random(key: string, shape: Shape): TensorValue
}

/** The weights that a pass reads, and what it may do to statistics. */
export interface PassWeights {
  weight(name: string): TensorValue
  updateWeight(name: string, next: TensorValue): void
}

/** What a pass gives. */
export interface Pass {
  readonly value: TensorValue
  /** Scalars that layers add to the loss. */
  readonly penalties: readonly TensorValue[]
}

/** Real samples as they reach the pair; `pass` names the noise of layers before it, as of augmentation. */
export function lowerReal(passes: AdversarialPasses, weights: PassWeights, pass: string): Pass {
  const { real, realId } = passes.parts
  return lowerLayers(passes, real, realId, weights, pass, new Map())
}

/** A batch of the generator; `pass` names the noise it is made from. */
export function lowerGenerated(passes: AdversarialPasses, weights: PassWeights, pass: string): Pass {
  const { generator, generatedId } = passes.parts
  return lowerLayers(passes, generator, generatedId, weights, pass, new Map())
}

/** The discriminator's scores of samples, [batch, scores per sample]. */
export function lowerScores(
  passes: AdversarialPasses,
  weights: PassWeights,
  pass: string,
  samples: TensorValue,
): Pass {
  const { judging, outputId, pair } = passes.parts
  const { builder } = passes.lowering
  const judged = lowerLayers(passes, judging, outputId, weights, pass, new Map([[pair.id, samples]]))
  return { ...judged, value: scoresOf(builder, judged.value) }
}

function lowerLayers(
  { lowering, random }: AdversarialPasses,
  layers: readonly PlannedLayer[],
  endId: string,
  weights: PassWeights,
  pass: string,
  known: ReadonlyMap<string, TensorValue>,
): Pass {
  const { values, penalties } = lowerModel({
    ...lowering,
    plan: { ...lowering.plan, layers },
    inputs: new Map([...lowering.inputs, ...known]),
    weight: (name) => weights.weight(name),
    updateWeight: (name, next) => weights.updateWeight(name, next),
    // Every pass has noise of its own, also for layers it shares with others.
    random: (key, shape) => random(`${key}/${pass}`, shape),
  })
  return { value: layerValue(values, endId), penalties: penalties.map(({ value }) => value) }
}

/** What one of the networks descends. */
export interface NetworkLoss {
  /** Per sample with the network's penalties, [batch, 1]. */
  readonly perSample: TensorValue
  /** The scalar that is descended. */
  readonly mean: TensorValue
}

/** Adds a network's penalties to its loss, and takes the mean over the batch. */
export function networkLoss(
  builder: GraphBuilder,
  perSample: TensorValue,
  sampleWeight: TensorValue,
  penalties: readonly TensorValue[],
): NetworkLoss {
  const mean = sharedMean(builder, perSample, sampleShares(builder, sampleWeight))
  const penalty = sumOf(builder, penalties)
  if (!penalty) return { perSample, mean }
  return {
    perSample: builder.apply('Add', [perSample, penalty]),
    mean: builder.apply('Add', [mean, penalty]),
  }
}

/** Loss of the discriminator for scores of both kinds of samples. */
export function lossOfDiscriminator(
  builder: GraphBuilder,
  recipe: AdversarialRecipe,
  scores: Scores,
  sampleWeight: TensorValue,
  penalties: readonly TensorValue[],
): NetworkLoss {
  return networkLoss(builder, discriminatorLoss(builder, recipe, scores), sampleWeight, penalties)
}

/** Loss of the generator for the scores of its samples. */
export function lossOfGenerator(
  builder: GraphBuilder,
  recipe: AdversarialRecipe,
  generated: TensorValue,
  sampleWeight: TensorValue,
  penalties: readonly TensorValue[],
): NetworkLoss {
  return networkLoss(builder, generatorLoss(builder, recipe, generated), sampleWeight, penalties)
}

/** The sums that recipeLayout describes, [1, sums]. */
export function adversarialSums(
  builder: GraphBuilder,
  recipe: AdversarialRecipe,
  sampleWeight: TensorValue,
  scores: Scores,
  discriminator: TensorValue,
  generator: TensorValue,
): TensorValue {
  const right = judgedRight(builder, recipe, scores)
  const both = builder.apply('Add', [discriminator, generator])
  return weightedSums(builder, sampleWeight, [both, discriminator, generator, right.real, right.generated])
}
