import type { ModelPlan, PlannedLayer } from '../compile/model-plan.ts'
import { layerDefinition } from '../layers/catalogue.ts'
import type { ReportedLoss, StateCarrier } from '../layers/define-layer.ts'
import { resolveParameters } from '../layers/resolve-parameters.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../tensor-graph/types.ts'

/** What the layers of a model need to become nodes of a graph. Weights go by full name, `<layer name>.<weight name>`. */
export interface ModelLowering {
  readonly builder: GraphBuilder
  readonly plan: ModelPlan
  readonly batchSize: number
  /** Whether layers act as in training; a function where that differs from layer to layer. */
  readonly training: boolean | ((layer: PlannedLayer) => boolean)
  /** Ids of layers that make noise as in training where nothing else trains. */
  readonly noisy?: ReadonlySet<string>
  /** Normalised batches by id of the input layer. */
  readonly inputs: ReadonlyMap<string, TensorValue>
  weight(name: string): TensorValue
  updateWeight(name: string, next: TensorValue): void
  /** Uniform noise of a batched shape; the key names the layer's stream. */
  random(key: string, shape: Shape): TensorValue
  /** By full name, `<layer name>.<state name>`; without it, stateful layers begin at zero as others do. */
  readonly carrier?: StateCarrier | undefined
}

/** A scalar that a layer adds to the loss. */
export interface LayerPenalty {
  readonly value: TensorValue
  /** Under which it is reported, if it is. */
  readonly name: ReportedLoss | undefined
}

/** Values of a model's layers, and their padding masks (float32 [batch, steps]) where they have one, by layer id. */
export interface LoweredModel {
  readonly values: ReadonlyMap<string, TensorValue>
  readonly masks: ReadonlyMap<string, TensorValue>
  /** Scalars that layers add to the loss. */
  readonly penalties: readonly LayerPenalty[]
}

/** Adds the nodes of every layer in execution order. */
export function lowerModel(lowering: ModelLowering): LoweredModel {
  const values = new Map(lowering.inputs)
  const masks = new Map<string, TensorValue>()
  const penalties: LayerPenalty[] = []
  for (const layer of lowering.plan.layers) {
    if (values.has(layer.id)) continue
    const inputs = layer.inputs.map((input) => layerValue(values, input.layerId))
    const arriving = layer.inputs.map((input) => masks.get(input.layerId))
    const lowered = lowering.builder.scope(layer.name, () => lowerLayer(lowering, layer, inputs, arriving))
    values.set(layer.id, lowered.value)
    penalties.push(...lowered.penalties)
    if (layer.masked) {
      const mask = lowered.mask ?? joinMasks(lowering.builder, arriving)
      if (!mask) throw new Error(`layer ${layer.name} has no mask to pass on`)
      masks.set(layer.id, mask)
    }
  }
  return { values, masks, penalties }
}

/** A step counts where it counts in every input that has a mask. */
function joinMasks(
  builder: GraphBuilder,
  masks: readonly (TensorValue | undefined)[],
): TensorValue | undefined {
  const known = masks.flatMap((mask) => (mask ? [mask] : []))
  const distinct = [...new Map(known.map((mask) => [mask.name, mask])).values()]
  const [first, ...rest] = distinct
  return first && rest.reduce((joined, mask) => builder.apply('Mul', [joined, mask]), first)
}

interface LoweredLayer {
  readonly value: TensorValue
  readonly mask: TensorValue | undefined
  readonly penalties: readonly LayerPenalty[]
}

function lowerLayer(
  lowering: ModelLowering,
  layer: PlannedLayer,
  inputs: readonly TensorValue[],
  masks: readonly (TensorValue | undefined)[],
): LoweredLayer {
  const definition = layerDefinition(layer.kind)
  if (!definition) throw new Error(`layer ${layer.name} has the unknown kind ${layer.kind}`)
  let streams = 0
  let made: TensorValue | undefined
  const penalties: LayerPenalty[] = []
  const value = definition.lower({
    builder: lowering.builder,
    parameters: resolveParameters(definition, layer.parameters).values,
    inputs,
    output: layer.outputShape,
    batchSize: lowering.batchSize,
    training: (trains(lowering, layer) && !keepsStatistics(layer)) || lowering.noisy?.has(layer.id) === true,
    weight: (name) => lowering.weight(`${layer.name}.${name}`),
    updateWeight: (name, next) => lowering.updateWeight(`${layer.name}.${name}`, next),
    random: (shape) => {
      const key = streams === 0 ? layer.name : `${layer.name}/${streams}`
      streams += 1
      return lowering.random(key, shape)
    },
    addLoss: (value, name) => penalties.push({ value, name }),
    masks,
    setMask: (mask) => {
      made = mask
    },
    ...(lowering.carrier && { carrier: ownCarrier(layer, lowering.carrier) }),
  })
  return { value, mask: made, penalties }
}

function ownCarrier({ name: owner }: PlannedLayer, carrier: StateCarrier): StateCarrier {
  return {
    carried: (name, shape) => carrier.carried(`${owner}.${name}`, shape),
    carry: (name, next) => carrier.carry(`${owner}.${name}`, next),
  }
}

function trains({ training }: ModelLowering, layer: PlannedLayer): boolean {
  return typeof training === 'function' ? training(layer) : training
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
