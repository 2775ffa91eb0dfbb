import type { Edit } from '../../src-core/document/edits.ts'
import type { Connection, LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'
import { firstFree, snakeCase } from '../../src-core/document/new-elements.ts'
import { type AnyLayerDefinition, layerDefinition } from '../../src-core/layers/catalogue.ts'
import type { PortDefinition } from '../../src-core/layers/define-layer.ts'

/** Whether a layer could be of this kind and keep every one of its wires. */
export function canReplace(
  document: ModelDocument,
  layer: LayerNode,
  definition: AnyLayerDefinition,
): boolean {
  if (definition.kind === layer.kind) return false
  const hasResult = document.connections.some(({ source }) => source === layer.id)
  if (hasResult && definition.outputs.length === 0) return false
  const current = layerDefinition(layer.kind)
  const isEnd = (ends: AnyLayerDefinition) => ends.inputs.length === 0 || ends.outputs.length === 0
  // Data enters at an input layer and leaves at an output layer, and nothing else stands for them.
  if (current && isEnd(current) !== isEnd(definition)) return false
  const wires = document.connections.filter(({ target }) => target === layer.id)
  return portsFor(definition, wires) !== undefined
}

/**
 * The ports that wires go to in a layer of another kind: the one of the same name where there is room, else the first
 * one with room. Undefined when a wire finds none, or a port that needs wires gets too few of the wires there are.
 */
function portsFor(
  definition: AnyLayerDefinition,
  wires: readonly Connection[],
): ReadonlyMap<string, string> | undefined {
  const room = new Map(definition.inputs.map((port) => [port.name, capacity(port)]))
  const ports = new Map<string, string>()
  for (const wire of wires) {
    const port = [wire.targetPort, ...room.keys()].find((name) => (room.get(name) ?? 0) > 0)
    if (port === undefined) return undefined
    room.set(port, (room.get(port) ?? 0) - 1)
    ports.set(wire.id, port)
  }
  const starved = definition.inputs.some((port) => {
    const count = [...ports.values()].filter((name) => name === port.name).length
    return count < (port.many ? (port.minimum ?? 1) : 1)
  })
  return starved && wires.length > 0 ? undefined : ports
}

function capacity(port: PortDefinition): number {
  return port.many ? (port.maximum ?? Number.POSITIVE_INFINITY) : 1
}

/**
 * The edit that makes a layer one of another kind in its place: wires stay, parameters that both kinds have keep their
 * values, and a name that was made from the old kind becomes one of the new. Undefined where wires would be lost.
 */
export function replaceEdit(document: ModelDocument, layerId: string, kind: string): Edit | undefined {
  const layer = document.layers.find(({ id }) => id === layerId)
  const definition = layerDefinition(kind)
  if (!layer || !definition || !canReplace(document, layer, definition)) return undefined
  const wires = document.connections.filter(({ target }) => target === layerId)
  const ports = portsFor(definition, wires)
  const sourcePort = definition.outputs[0]?.name
  const rewired = document.connections.flatMap((wire, index): Edit[] => {
    const next = {
      ...wire,
      ...(wire.target === layerId && { targetPort: ports?.get(wire.id) ?? wire.targetPort }),
      ...(wire.source === layerId && sourcePort !== undefined && { sourcePort }),
    }
    if (next.targetPort === wire.targetPort && next.sourcePort === wire.sourcePort) return []
    return [
      { type: 'disconnect', connectionId: wire.id },
      { type: 'connect', connection: next, index },
    ]
  })
  const replaced = {
    ...layer,
    kind,
    name: nameFor(document, layer, kind),
    parameters: kept(layer, definition),
  }
  return {
    type: 'group',
    label: `Replace ${layer.name} by ${definition.label}`,
    edits: [{ type: 'replaceLayer', layer: replaced }, ...rewired],
  }
}

function nameFor(document: ModelDocument, layer: LayerNode, kind: string): string {
  if (!new RegExp(`^${snakeCase(layer.kind)}_\\d+$`).test(layer.name)) return layer.name
  const taken = new Set(document.layers.flatMap(({ id, name }) => [id, name]))
  return firstFree(snakeCase(kind), (name) => taken.has(name))
}

/** The parameters that the new kind has too, where it can take their values. */
function kept(layer: LayerNode, definition: AnyLayerDefinition): LayerNode['parameters'] {
  return Object.fromEntries(
    Object.entries(layer.parameters).filter(([name, value]) => {
      const field = Object.hasOwn(definition.parameters, name) ? definition.parameters[name] : undefined
      return field?.schema.safeParse(value).success === true
    }),
  )
}
