import type { ModelPlan, PlannedLayer } from '../compile/model-plan.ts'
import { layerDefinition } from '../layers/catalogue.ts'
import { resolveParameters } from '../layers/resolve-parameters.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../tensor-graph/types.ts'

/** What the layers of a model need to become nodes of a graph. Weights go by full name, `<layer name>.<weight name>`. */
export interface ModelLowering {
  readonly builder: GraphBuilder
  readonly plan: ModelPlan
  readonly batchSize: number
  readonly training: boolean
  /** Normalised batches by id of the input layer. */
  readonly inputs: ReadonlyMap<string, TensorValue>
  weight(name: string): TensorValue
  updateWeight(name: string, next: TensorValue): void
  /** Uniform noise of a batched shape; the key names the layer's stream. */
  random(key: string, shape: Shape): TensorValue
}

/** Adds the nodes of every layer in execution order and returns each layer's value by layer id. */
export function lowerModel(lowering: ModelLowering): Map<string, TensorValue> {
  const values = new Map(lowering.inputs)
  for (const layer of lowering.plan.layers) {
    if (values.has(layer.id)) continue
    const inputs = layer.inputs.map((input) => layerValue(values, input.layerId))
    values.set(
      layer.id,
      lowering.builder.scope(layer.name, () => lowerLayer(lowering, layer, inputs)),
    )
  }
  return values
}

function lowerLayer(
  lowering: ModelLowering,
  layer: PlannedLayer,
  inputs: readonly TensorValue[],
): TensorValue {
  const definition = layerDefinition(layer.kind)
  if (!definition) throw new Error(`layer ${layer.name} has the unknown kind ${layer.kind}`)
  let streams = 0
  return definition.lower({
    builder: lowering.builder,
    parameters: resolveParameters(definition, layer.parameters).values,
    inputs,
    output: layer.outputShape,
    batchSize: lowering.batchSize,
    training: lowering.training && !keepsStatistics(layer),
    weight: (name) => lowering.weight(`${layer.name}.${name}`),
    updateWeight: (name, next) => lowering.updateWeight(`${layer.name}.${name}`, next),
    random: (shape) => {
      const key = streams === 0 ? layer.name : `${layer.name}/${streams}`
      streams += 1
      return lowering.random(key, shape)
    },
  })
}

/** A frozen layer with moving statistics predicts with them in training too, and leaves them alone, as in Keras. */
function keepsStatistics({ frozen, weights }: PlannedLayer): boolean {
  return frozen === true && weights.some((weight) => !weight.trainable && weight.frozen !== true)
}

/** A layer's value. Throws when it is missing: plans list layers in execution order. */
export function layerValue(values: ReadonlyMap<string, TensorValue>, layerId: string): TensorValue {
  const value = values.get(layerId)
  if (!value) throw new Error(`layer ${layerId} is used before it has a value`)
  return value
}
