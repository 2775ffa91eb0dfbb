import type { ModelPlan } from '../compile/model-plan.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { feed } from './feed-ports.ts'
import type { FeedPort } from './train-step.ts'

/** Declares every weight of a plan's layers as a graph input of its own, by full name. */
export function declareWeights(builder: GraphBuilder, plan: Pick<ModelPlan, 'layers'>) {
  const ports = new Map<string, FeedPort>()
  const values = new Map<string, TensorValue>()
  for (const layer of plan.layers) {
    for (const { name, shape } of layer.weights) {
      const full = `${layer.name}.${name}`
      const { port, value } = feed(builder, `weight/${full}`, 'float32', shape)
      ports.set(full, port)
      values.set(full, value)
    }
  }
  return { ports, values }
}
