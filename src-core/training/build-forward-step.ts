import type { ModelPlan } from '../compile/model-plan.ts'
import type { StateCarrier } from '../layers/define-layer.ts'
import { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import {
  elementCount,
  type NamedTensor,
  type Shape,
  type TensorGraph,
  type TensorValue,
} from '../tensor-graph/types.ts'
import { CarriedStates, stateNames } from './carried-states.ts'
import { declareWeights } from './declare-weights.ts'
import { feed, feedFeatures, feedTargets } from './feed-ports.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import { type LoweredModel, layerValue, lowerModel } from './lower-model.ts'
import type { InputNormalization } from './normalization.ts'
import { buildObjective, weightPenalties } from './objective.ts'
import { plannedLayer } from './planned-layer.ts'
import { evaluateRecipe } from './recipes/evaluate-recipe.ts'
import { predictionPlan } from './recipes/prediction-plan.ts'
import type { Recipe } from './recipes/recipe-config.ts'
import { recipeLayout } from './recipes/recipe-metrics.ts'
import type { ForwardStep, RandomPort } from './train-step.ts'
import { groupWeights, weightTensor } from './weight-groups.ts'

const noSums = { sumNames: [], metrics: [] }

export interface ForwardStepOptions {
  readonly plan: ModelPlan
  /** By id of the input layer; what is absent is fed as it is. */
  readonly normalization: ReadonlyMap<string, InputNormalization>
  readonly batchSize: number
  /** By id of the output layer, for evaluation; absent for prediction. */
  readonly losses?: ReadonlyMap<string, OutputLoss>
  /** Whether stateful layers go on from the batch before; without this, every batch begins at zero. */
  readonly carriesStates?: boolean
}

/**
 * Builds the graph that predicts and, where losses are given, scores a batch as the model's recipe does. Weights are
 * inputs; nothing is updated.
 */
export function buildForwardStep(options: ForwardStepOptions): ForwardStep {
  const { plan, losses } = options
  if (losses && plan.recipe) return buildRecipeScores(options, plan.recipe)
  const builder = new GraphBuilder(plan.name)
  const predicting = losses ? plan : predictionPlan(plan)
  const lowered = lowerPredictions(builder, { ...options, plan: predicting })
  const { common, weights, model } = lowered
  if (!losses) return { ...common, graph: builder.build(), targets: new Map(), ...noSums }

  const { batchSize } = options
  const targets = feedTargets(builder, plan, losses, batchSize, (name) => `targets/${name}`)
  const sampleWeight = feed(builder, 'sampleWeight', 'float32', [batchSize])
  const objective = buildObjective({
    builder,
    plan,
    losses,
    values: model.values,
    masks: model.masks,
    targets: targets.values,
    sampleWeight: sampleWeight.value,
    penalties: weightPenalties(builder, groupWeights(plan), weights),
    layerPenalties: model.penalties,
  })
  builder.output('sums', objective.sums)
  return {
    ...common,
    graph: builder.build(),
    targets: targets.ports,
    sampleWeight: sampleWeight.port,
    sums: 'sums',
    ...objective.layout,
  }
}

function lowerPredictions(
  builder: GraphBuilder,
  { plan, batchSize, normalization, carriesStates }: ForwardStepOptions,
) {
  const carrier = carriesStates ? new CarriedStates({ builder }) : undefined
  const features = feedFeatures(builder, plan, normalization, batchSize, (name) => `features/${name}`)
  const weights = declareWeights(builder, plan)
  const weight = (name: string) => weightTensor(weights.values, name)
  const model = lowerForInference(builder, plan, batchSize, features.values, weight, carrier)
  const predictions = outputPredictions(builder, plan, model.values, (name) => `prediction/${name}`)
  carrier?.endStep()
  const carried = carrier?.output() ?? []
  const common = { batchSize, features: features.ports, weights: weights.ports, predictions, carried }
  return { common, weights: weights.values, model }
}

/** Scores a batch under a recipe, with noise that the feeder supplies; it predicts nothing. */
function buildRecipeScores(
  { plan, batchSize, normalization }: ForwardStepOptions,
  recipe: Recipe,
): ForwardStep {
  const builder = new GraphBuilder(plan.name)
  const features = feedFeatures(builder, plan, normalization, batchSize, (name) => `features/${name}`)
  const weights = declareWeights(builder, plan)
  const sampleWeight = feed(builder, 'sampleWeight', 'float32', [batchSize])
  const random: RandomPort[] = []
  const noise = (layerKey: string, shape: Shape) => {
    const key = `evaluation/${layerKey}`
    const drawn = feed(builder, `random/${key}`, 'float32', shape)
    random.push({ ...drawn.port, key })
    return drawn.value
  }
  const sums = evaluateRecipe(
    {
      builder,
      plan,
      batchSize,
      features: features.values,
      weights: weights.values,
      sampleWeight: sampleWeight.value,
      random: noise,
    },
    recipe,
  )
  builder.output('sums', sums)
  return {
    graph: builder.build(),
    batchSize,
    features: features.ports,
    targets: new Map(),
    sampleWeight: sampleWeight.port,
    random,
    weights: weights.ports,
    carried: [],
    predictions: new Map(),
    sums: 'sums',
    ...recipeLayout(recipe),
  }
}

/**
 * The model as other programs run it: raw values in (graph inputs named like the input layers), predictions out (named
 * like the output layers), weights as constants. Its batch axis is 1 and may be left open when serialised. What stateful
 * layers begin with goes in as `state/<layer>.<name>`, zeros for the first batch, and comes out as `next/<layer>.<name>`.
 */
export function buildInferenceGraph(
  model: ModelPlan,
  weights: ReadonlyMap<string, NamedTensor>,
  normalization: ReadonlyMap<string, InputNormalization>,
): TensorGraph {
  const plan = predictionPlan(model)
  const builder = new GraphBuilder(plan.name)
  const features = feedFeatures(builder, plan, normalization, 1, (name) => name)
  const constants = new Map<string, TensorValue>()
  const weight = (name: string) => {
    const known = constants.get(name)
    if (known) return known
    const tensor = weights.get(name)
    if (!tensor) throw new Error(`the weight ${name} is missing`)
    if (tensor.data.length !== elementCount(tensor.shape)) throw new Error(`the weight ${name} is incomplete`)
    const constant = builder.constant(tensor.dtype, tensor.shape, tensor.data, name)
    constants.set(name, constant)
    return constant
  }
  const carrier = new CarriedStates({ builder, names: stateNames })
  const { values } = lowerForInference(builder, plan, 1, features.values, weight, carrier)
  outputPredictions(builder, plan, values, (name) => name)
  carrier.endStep()
  carrier.output()
  return builder.build()
}

/**
 * Builds the graph that computes one layer's value as prediction does, found among the predictions under the layer's id.
 * Weights are inputs.
 */
export function buildValueStep(options: Omit<ForwardStepOptions, 'losses'>, layerId: string): ForwardStep {
  const { plan, batchSize, normalization } = options
  const builder = new GraphBuilder(plan.name)
  const features = feedFeatures(builder, plan, normalization, batchSize, (name) => `features/${name}`)
  const weights = declareWeights(builder, plan)
  const { values } = lowerForInference(builder, plan, batchSize, features.values, (name) =>
    weightTensor(weights.values, name),
  )
  builder.output('value', builder.apply('Identity', [layerValue(values, layerId)]))
  return {
    batchSize,
    features: features.ports,
    weights: weights.ports,
    carried: [],
    predictions: new Map([[layerId, 'value']]),
    graph: builder.build(),
    targets: new Map(),
    ...noSums,
  }
}

function lowerForInference(
  builder: GraphBuilder,
  plan: ModelPlan,
  batchSize: number,
  inputs: ReadonlyMap<string, TensorValue>,
  weight: (name: string) => TensorValue,
  carrier?: StateCarrier,
): LoweredModel {
  return lowerModel({
    builder,
    plan,
    batchSize,
    training: false,
    inputs,
    weight,
    carrier,
    updateWeight: (name) => {
      throw new Error(`${name} is updated outside of training`)
    },
    random: (key) => {
      throw new Error(`${key} asks for noise outside of training`)
    },
  })
}

function outputPredictions(
  builder: GraphBuilder,
  plan: ModelPlan,
  values: ReadonlyMap<string, TensorValue>,
  outputName: (layerName: string) => string,
): Map<string, string> {
  const names = new Map<string, string>()
  for (const id of plan.outputIds) {
    const name = outputName(plannedLayer(plan, id).name)
    const value = layerValue(values, id)
    // A graph output is computed by a node of its own: an input or constant that reaches the output is passed on.
    builder.output(name, builder.producer(value) ? value : builder.apply('Identity', [value]))
    names.set(id, name)
  }
  return names
}
