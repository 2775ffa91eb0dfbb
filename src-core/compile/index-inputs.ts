import { layerDefinition } from '../layers/catalogue.ts'
import { resolveParameters } from '../layers/resolve-parameters.ts'
import type { ModelPlan, PlannedLayer } from './model-plan.ts'

/** A layer that looks up values of an input, and how many different ones it knows: 0 to `count` − 1. */
export interface IndexUse {
  readonly layer: PlannedLayer
  readonly count: number
  /** The parameter that says how many. */
  readonly parameter: string
  /** Whether numbers that it does not know count as none, as they do in preprocessing. */
  readonly toleratesUnknown: boolean
}

/** Layers that move values without changing them. */
const movers = new Set(['reshape', 'flatten', 'permute', 'slice', 'squeeze', 'expandDimensions', 'reverse'])

/**
 * Inputs whose values are indices, by the input's id: no normalization may touch them, and all must be known. Where
 * several layers look up one input, the one that knows fewest counts.
 */
export function indexInputs(plan: ModelPlan): ReadonlyMap<string, IndexUse> {
  const sources = new Map(plan.inputIds.map((id) => [id, id]))
  const uses = new Map<string, IndexUse>()
  for (const layer of plan.layers) {
    const source = sources.get(layer.inputs[0]?.layerId ?? '')
    if (source === undefined) continue
    if (movers.has(layer.kind)) sources.set(layer.id, source)
    const use = lookUpOf(layer)
    const known = uses.get(source)
    if (use && (!known || use.count < known.count)) uses.set(source, use)
  }
  return uses
}

function lookUpOf(layer: PlannedLayer): IndexUse | undefined {
  const definition = layerDefinition(layer.kind)
  const parameter = definition?.indexCountParameter
  if (!definition || parameter === undefined) return undefined
  const count = resolveParameters(definition, layer.parameters).values[parameter]
  const toleratesUnknown = definition.category === 'Preprocessing'
  return typeof count === 'number' ? { layer, count, parameter, toleratesUnknown } : undefined
}
