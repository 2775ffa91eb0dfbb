import type { ModelPlan } from '../compile/model-plan.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { DataType, Shape, TensorValue } from '../tensor-graph/types.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import { type InputNormalization, normalizeInput } from './normalization.ts'
import { plannedLayer } from './planned-layer.ts'
import type { FeedPort } from './train-step.ts'

/** Ports and the graph values behind them, by layer id. */
export interface Fed {
  readonly ports: ReadonlyMap<string, FeedPort>
  readonly values: ReadonlyMap<string, TensorValue>
}

/** Declares a graph input and describes it to the feeder. */
export function feed(
  builder: GraphBuilder,
  input: string,
  dtype: DataType,
  shape: Shape,
): { readonly port: FeedPort; readonly value: TensorValue } {
  return { port: { input, dtype, shape }, value: builder.input(input, dtype, shape) }
}

/** Declares the raw features of every input layer; the values are normalised. */
export function feedFeatures(
  builder: GraphBuilder,
  plan: ModelPlan,
  normalization: ReadonlyMap<string, InputNormalization>,
  batchSize: number,
  name: (layerName: string) => string,
): Fed {
  const ports = new Map<string, FeedPort>()
  const values = new Map<string, TensorValue>()
  for (const id of plan.inputIds) {
    const layer = plannedLayer(plan, id)
    const { port, value } = feed(builder, name(layer.name), 'float32', [batchSize, ...layer.outputShape])
    ports.set(id, port)
    values.set(
      id,
      builder.scope(layer.name, () => normalizeInput(builder, value, normalization.get(id))),
    )
  }
  return { ports, values }
}

/** Declares the target of every output that has a loss. */
export function feedTargets(
  builder: GraphBuilder,
  plan: ModelPlan,
  losses: ReadonlyMap<string, OutputLoss>,
  batchSize: number,
  name: (layerName: string) => string,
): Fed {
  const ports = new Map<string, FeedPort>()
  const values = new Map<string, TensorValue>()
  for (const [id, loss] of losses) {
    const layer = plannedLayer(plan, id)
    const { port, value } =
      loss.target === 'classIndex'
        ? feed(builder, name(layer.name), 'int32', [
            batchSize,
            ...(loss.steps === undefined ? [] : [loss.steps]),
          ])
        : feed(builder, name(layer.name), 'float32', [
            batchSize,
            ...(loss.labels === undefined ? layer.outputShape : [loss.labels]),
          ])
    ports.set(id, port)
    values.set(id, value)
  }
  return { ports, values }
}
