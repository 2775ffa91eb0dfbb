import type { ModelPlan } from '../compile/model-plan.ts'
import { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { Shape, TensorGraph } from '../tensor-graph/types.ts'
import { declareWeights } from '../training/declare-weights.ts'
import { feed, feedFeatures } from '../training/feed-ports.ts'
import { layerValue, lowerModel } from '../training/lower-model.ts'
import type { InputNormalization } from '../training/normalization.ts'
import type { NormalizationKind } from '../training/run-config.ts'
import type { FeedPort, RandomPort } from '../training/train-step.ts'
import { weightTensor } from '../training/weight-groups.ts'
import { corruptionOf } from './corruption.ts'
import type { Generator } from './latent-source.ts'
import { inputPixels, outputPixels } from './pixels.ts'
import type { ReconstructionPair } from './reconstruction-pair.ts'

/** A graph that makes pictures: pixels as float32, nominally 0 to 255, as the graph output `pictures`. */
export interface PictureStep {
  readonly graph: TensorGraph
  readonly batchSize: number
  /** Values by layer id: latent ones for samples, raw features of every input for reconstructions. */
  readonly given: ReadonlyMap<string, FeedPort>
  readonly weights: ReadonlyMap<string, FeedPort>
  readonly random: readonly RandomPort[]
  /** Whether there is an output `corrupted`, too: what a denoising autoencoder saw. */
  readonly hasCorrupted: boolean
}

export interface PictureStepOptions {
  readonly plan: ModelPlan
  /** As it was fitted in training, by id of the input layer. */
  readonly preparation: ReadonlyMap<string, InputNormalization>
  readonly normalization: NormalizationKind
  readonly batchSize: number
}

/** Builds the part of a model that follows its latent layers. */
export function buildSampleStep(options: PictureStepOptions, generator: Generator): PictureStep {
  const { plan, batchSize, normalization } = options
  const builder = new GraphBuilder(plan.name)
  const part = { ...plan, layers: generator.layers }
  const fed = generator.sources.map(({ id, name, outputShape }) => {
    return [id, feed(builder, `latent/${name}`, 'float32', [batchSize, ...outputShape])] as const
  })
  const weights = declareWeights(builder, part)
  const { values } = lowerModel({
    ...forPrediction,
    builder,
    plan: part,
    batchSize,
    inputs: new Map(fed.map(([id, { value }]) => [id, value])),
    weight: (name) => weightTensor(weights.values, name),
    random: noNoise,
  })
  const value = layerValue(values, generator.resultId)
  const pixels = generator.isAdversarial
    ? inputPixels(builder, value, imageNormalization(options, value.shape))
    : outputPixels(builder, plan, generator.resultId, value, normalization)
  builder.output('pictures', pixels)
  const given = new Map(fed.map(([id, { port }]) => [id, port]))
  return { graph: builder.build(), batchSize, given, weights: weights.ports, random: [], hasCorrupted: false }
}

/** Builds the whole model from raw features to a reconstruction; what spoils the input does so as in training. */
export function buildReconstructionStep(options: PictureStepOptions, pair: ReconstructionPair): PictureStep {
  const { plan, batchSize, normalization, preparation } = options
  const builder = new GraphBuilder(plan.name)
  const features = feedFeatures(builder, plan, preparation, batchSize, (name) => `features/${name}`)
  const weights = declareWeights(builder, plan)
  const random: RandomPort[] = []
  const corruption = corruptionOf(plan, pair.inputId)
  const { values } = lowerModel({
    ...forPrediction,
    builder,
    plan,
    batchSize,
    inputs: features.values,
    noisy: new Set(corruption.map(({ id }) => id)),
    weight: (name) => weightTensor(weights.values, name),
    random: (key, shape) => {
      const drawn = feed(builder, `random/${key}`, 'float32', shape)
      random.push({ ...drawn.port, key })
      return drawn.value
    },
  })
  const result = layerValue(values, pair.outputId)
  builder.output('pictures', outputPixels(builder, plan, pair.outputId, result, normalization))
  const last = corruption.at(-1)
  if (last) {
    const seen = layerValue(values, last.id)
    builder.output('corrupted', inputPixels(builder, seen, preparation.get(pair.inputId)))
  }
  const hasCorrupted = last !== undefined
  return {
    graph: builder.build(),
    batchSize,
    given: features.ports,
    weights: weights.ports,
    random,
    hasCorrupted,
  }
}

const forPrediction = {
  training: false,
  updateWeight: (name: string): never => {
    throw new Error(`${name} is updated outside of training`)
  },
}

function noNoise(key: string): never {
  throw new Error(`${key} asks for noise outside of training`)
}

/** How the real pictures were normalised that generated ones of this batched shape were told from. */
function imageNormalization(
  { plan, preparation }: PictureStepOptions,
  shape: Shape,
): InputNormalization | undefined {
  const same = plan.layers.find(
    ({ id, outputShape }) => plan.inputIds.includes(id) && outputShape.join() === shape.slice(1).join(),
  )
  const id = same?.id ?? plan.inputIds[0]
  return id === undefined ? undefined : preparation.get(id)
}
