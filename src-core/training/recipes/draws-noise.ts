import type { PlannedLayer } from '../../compile/model-plan.ts'
import { layerDefinition } from '../../layers/catalogue.ts'
import { resolveParameters } from '../../layers/resolve-parameters.ts'
import { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount } from '../../tensor-graph/types.ts'

/** Whether a layer draws noise while it is trained: it is lowered by itself to see. */
export function drawsNoise(layer: PlannedLayer): boolean {
  const definition = layerDefinition(layer.kind)
  if (!definition) throw new Error(`layer ${layer.name} has the unknown kind ${layer.kind}`)
  const builder = new GraphBuilder(layer.name)
  const batchSize = 2
  const weights = new Map(
    layer.weights.map(({ name, shape }) => [name, builder.input(`weight/${name}`, 'float32', shape)]),
  )
  let drawn = false
  definition.lower({
    builder,
    parameters: resolveParameters(definition, layer.parameters).values,
    inputs: layer.inputs.map(({ shape }, index) =>
      builder.input(`x${index}`, 'float32', [batchSize, ...shape]),
    ),
    output: layer.outputShape,
    batchSize,
    training: true,
    weight: (name) => {
      const known = weights.get(name)
      if (!known) throw new Error(`${layer.name} has no weight ${name}`)
      return known
    },
    updateWeight: () => undefined,
    random: (shape) => {
      drawn = true
      return builder.constant('float32', shape, new Float32Array(elementCount(shape)), 'noise')
    },
    addLoss: () => undefined,
    masks: layer.inputs.map(() => undefined),
    setMask: () => undefined,
  })
  return drawn
}
