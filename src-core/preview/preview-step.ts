import type { ModelPlan, PlannedLayer } from '../compile/model-plan.ts'
import { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorGraph, TensorValue } from '../tensor-graph/types.ts'
import { declareWeights } from '../training/declare-weights.ts'
import { feed, feedFeatures } from '../training/feed-ports.ts'
import { lowerModel } from '../training/lower-model.ts'
import type { InputNormalization } from '../training/normalization.ts'
import { drawsNoise } from '../training/recipes/draws-noise.ts'
import type { FeedPort, RandomPort } from '../training/train-step.ts'
import { weightTensor } from '../training/weight-groups.ts'

/** A graph that shows what layers make of one sample: one output per layer, and one per padding mask. */
export interface PreviewStep {
  readonly graph: TensorGraph
  /** Raw values by input layer id, float32 [1, ...shape]. */
  readonly features: ReadonlyMap<string, FeedPort>
  readonly weights: ReadonlyMap<string, FeedPort>
  readonly random: readonly RandomPort[]
  /** Output names by layer id. */
  readonly values: ReadonlyMap<string, string>
  /** Output names of masks, float32 [1, steps], by layer id; only of layers that have one. */
  readonly masks: ReadonlyMap<string, string>
}

export interface PreviewStepOptions {
  readonly plan: ModelPlan
  /** By id of the input layer; what is absent is fed as it is. */
  readonly normalization: ReadonlyMap<string, InputNormalization>
  /** Cuts the model off at this layer and lets what leads to it make noise as in training. */
  readonly noisyAt?: string
}

/** Builds the graph of every layer's value as prediction has it, or of one layer's as training has it. */
export function buildPreviewStep({ plan, normalization, noisyAt }: PreviewStepOptions): PreviewStep {
  const builder = new GraphBuilder(plan.name)
  const part = noisyAt === undefined ? plan : partUpTo(plan, noisyAt)
  const features = feedFeatures(builder, part, normalization, 1, (name) => `features/${name}`)
  const weights = declareWeights(builder, part)
  const random: RandomPort[] = []
  const { values, masks } = lowerModel({
    builder,
    plan: part,
    batchSize: 1,
    training: false,
    noisy: new Set(noisyAt === undefined ? [] : noisyLayers(part)),
    inputs: features.values,
    weight: (name) => weightTensor(weights.values, name),
    updateWeight: (name) => {
      throw new Error(`${name} is updated by a look at it`)
    },
    random: (key, shape) => {
      const drawn = feed(builder, `random/${key}`, 'float32', shape)
      random.push({ ...drawn.port, key })
      return drawn.value
    },
  })
  const shown = part.layers.filter(({ id }) => noisyAt === undefined || id === noisyAt)
  return {
    features: features.ports,
    weights: weights.ports,
    random,
    values: outputs(builder, 'value', shown, values),
    masks: outputs(builder, 'mask', shown, masks),
    graph: builder.build(),
  }
}

function outputs(
  builder: GraphBuilder,
  what: string,
  layers: readonly PlannedLayer[],
  values: ReadonlyMap<string, TensorValue>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { id } of layers) {
    const value = values.get(id)
    if (!value) continue
    const name = `${what}/${id}`
    // A graph output is computed by a node of its own: what is an input of the graph too is passed on.
    builder.output(name, builder.apply('Identity', [value]))
    names.set(id, name)
  }
  return names
}

/** A layer and everything that it follows from. */
export function partUpTo(plan: ModelPlan, layerId: string): ModelPlan {
  const needed = new Set([layerId])
  for (const layer of plan.layers.toReversed()) {
    if (needed.has(layer.id)) for (const input of layer.inputs) needed.add(input.layerId)
  }
  return {
    ...plan,
    layers: plan.layers.filter(({ id }) => needed.has(id)),
    inputIds: plan.inputIds.filter((id) => needed.has(id)),
  }
}

/**
 * Ids of the layers that make noise while nothing else trains. One that also moves statistics in training predicts with
 * them here: those of a single sample would say nothing.
 */
function noisyLayers({ layers, inputIds }: ModelPlan): readonly string[] {
  const isFixed = ({ weights }: PlannedLayer) =>
    weights.every(({ trainable, frozen }) => trainable || frozen === true)
  return layers
    .filter((layer) => !inputIds.includes(layer.id) && isFixed(layer) && drawsNoise(layer))
    .map(({ id }) => id)
}

/** Whether chance has a hand in a layer's value while the model trains: in the layer itself, or before it. */
export function isRandomInTraining(plan: ModelPlan, layerId: string): boolean {
  return noisyLayers(partUpTo(plan, layerId)).length > 0
}
