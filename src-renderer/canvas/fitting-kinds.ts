import { type AnyLayerDefinition, allLayerDefinitions } from '../../src-core/layers/catalogue.ts'
import { isRefusal, type PortDefinition } from '../../src-core/layers/define-layer.ts'
import { resolveParameters } from '../../src-core/layers/resolve-parameters.ts'
import type { Shape } from '../../src-core/tensor-graph/types.ts'

/** Kinds that take a result of this shape, with their default parameters; all with an input while it is not known. */
export function kindsThatTake(shape: Shape | undefined): readonly AnyLayerDefinition[] {
  return allLayerDefinitions.filter(
    (definition) => definition.inputs.length > 0 && (shape === undefined || takes(definition, shape)),
  )
}

/** Kinds that have a result. */
export function kindsThatGive(): readonly AnyLayerDefinition[] {
  return allLayerDefinitions.filter(({ outputs }) => outputs.length > 0)
}

/** Kinds that can stand in the middle of a wire with this shape. */
export function kindsForWire(shape: Shape | undefined): readonly AnyLayerDefinition[] {
  return kindsThatTake(shape).filter(({ outputs }) => outputs.length > 0)
}

/** Where a layer takes several wires, the others are to bring the same shape. */
function takes(definition: AnyLayerDefinition, shape: Shape): boolean {
  const inputs = definition.inputs.flatMap((port) => Array.from({ length: fewest(port) }, () => shape))
  const { values: parameters } = resolveParameters(definition, {})
  return !isRefusal(definition.inferShape({ parameters, inputs }))
}

function fewest(port: PortDefinition): number {
  return port.many ? Math.max(1, port.minimum ?? 1) : 1
}
