import type { ModelPlan, PlannedLayer } from '../../../src-core/compile/model-plan.ts'
import { RunningStatistics } from '../../../src-core/datasets/input-preparation.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import type { ChannelStatistics, LayerFit } from '../../../src-core/layers/define-layer.ts'
import { resolveParameters } from '../../../src-core/layers/resolve-parameters.ts'
import { channelAxis, sizeAt } from '../../../src-core/shapes/axes.ts'
import { elementCount, type NamedTensor, type Shape } from '../../../src-core/tensor-graph/types.ts'
import { buildValueStep } from '../../../src-core/training/build-forward-step.ts'
import { plannedLayer } from '../../../src-core/training/planned-layer.ts'
import { Batch } from './batch.ts'
import type { Engine } from './engine.ts'
import { weightTensors } from './evaluator.ts'
import type { TrainingData } from './training-data.ts'

/** Rows that are computed together. */
const largestBatch = 256

export interface FittedLayers {
  /** All weights, those that were fitted among them. */
  readonly tensors: ReadonlyMap<string, NamedTensor>
  /** Names of the layers that were fitted. */
  readonly names: readonly string[]
}

/**
 * Sets the weights that follow from the training part, as keras.layers.Normalization.adapt does: layer by layer in
 * the order of execution, each by what reaches it when the model predicts with the weights that it starts from.
 */
export async function fitLayers(
  engine: Engine,
  plan: ModelPlan,
  data: TrainingData,
  start: ReadonlyMap<string, NamedTensor>,
  stop: AbortSignal,
): Promise<FittedLayers> {
  const tensors = new Map(start)
  const names: string[] = []
  for (const layer of plan.layers) {
    const weightsFrom = fitOf(plan, layer)
    if (!weightsFrom) continue
    const channels = await channelStatistics(engine, plan, data, tensors, sourceOf(layer), stop)
    for (const [name, values] of Object.entries(weightsFrom(channels))) {
      const key = `${layer.name}.${name}`
      const tensor = tensors.get(key)
      if (!tensor || tensor.data.length !== values.length) throw new Error(`${key} cannot be fitted`)
      tensors.set(key, { ...tensor, data: values })
    }
    names.push(layer.name)
  }
  return { tensors, names }
}

function fitOf(plan: ModelPlan, layer: PlannedLayer): LayerFit | undefined {
  const definition = layerDefinition(layer.kind)
  if (!definition?.fit) return undefined
  const inputs = layer.inputs.map(({ layerId }) => plannedLayer(plan, layerId).outputShape)
  const parameters = resolveParameters(definition, layer.parameters).values
  return definition.fit({ parameters, inputs, output: layer.outputShape })
}

function sourceOf({ inputs, name }: PlannedLayer): string {
  const [input] = inputs
  if (!input) throw new Error(`${name} has no input to be fitted to`)
  return input.layerId
}

/** Mean and variance of each channel of a layer's value over the training part. Ends early on a stop. */
async function channelStatistics(
  engine: Engine,
  plan: ModelPlan,
  data: TrainingData,
  tensors: ReadonlyMap<string, NamedTensor>,
  layerId: string,
  stop: AbortSignal,
): Promise<ChannelStatistics[]> {
  const sample = plannedLayer(plan, layerId).outputShape
  const rows = data.parts.train
  const statistics = Array.from(
    { length: sizeAt(sample, channelAxis(sample)) },
    () => new RunningStatistics(),
  )
  const create = async (batchSize: number) => {
    const step = buildValueStep({ plan, normalization: data.preparation, batchSize }, layerId)
    const session = await engine.createSession(step.graph)
    const inputs = weightTensors(engine, step.weights, tensors)
    return { batchSize, session, batch: new Batch(engine, data, step, batchSize, 0), inputs }
  }
  let current = await create(Math.min(largestBatch, rows.length))
  for (let from = 0; from < rows.length && !stop.aborted; from += current.batchSize) {
    const size = Math.min(current.batchSize, rows.length - from)
    if (size < current.batchSize) {
      await current.session.dispose()
      current = await create(size)
    }
    current.batch.fill(rows, from, 0)
    const { value } = await current.session.run({ ...current.batch.inputs, ...current.inputs })
    if (!value) throw new Error(`no value for ${layerId}`)
    addValues(statistics, sample, await engine.read(value))
  }
  await current.session.dispose()
  return statistics.map((one) => {
    const { mean, standardDeviation } = one.result()
    return { mean, variance: standardDeviation ** 2 }
  })
}

/** Adds every value of [rows, ...sample] to the statistics of its channel. */
function addValues(
  statistics: readonly RunningStatistics[],
  sample: Shape,
  values: ArrayLike<number | bigint>,
): void {
  const perChannel = elementCount(sample.slice(channelAxis(sample) + 1))
  for (let index = 0; index < values.length; index++) {
    statistics[Math.floor(index / perChannel) % statistics.length]?.add(Number(values[index]))
  }
}
