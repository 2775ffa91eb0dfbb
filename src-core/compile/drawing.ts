import type { Edit } from '../document/edits.ts'
import type { Connection, LayerNode, ModelDocument } from '../document/model-document.ts'
import { type AnyLayerDefinition, layerDefinition } from '../layers/catalogue.ts'
import type { PortDefinition } from '../layers/define-layer.ts'

/** A connection whose both ends exist. */
export interface Wire {
  readonly connection: Connection
  /** Its place among the document's connections. */
  readonly index: number
  readonly source: DrawnLayer
  readonly target: DrawnLayer
}

/** A layer of the document with its wires, in the order of the document's connections. */
export interface DrawnLayer {
  readonly node: LayerNode
  /** Undefined for a kind this version does not know. */
  readonly definition: AnyLayerDefinition | undefined
  readonly incoming: readonly Wire[]
  readonly outgoing: readonly Wire[]
}

/** The document as a graph that can be walked. */
export interface Drawing {
  readonly document: ModelDocument
  readonly layers: readonly DrawnLayer[]
  readonly byId: ReadonlyMap<string, DrawnLayer>
  readonly dangling: readonly { readonly connection: Connection; readonly reason: string }[]
  /** Where a layer is drawn: in this drawing, or inside of a block. Without a layer, the drawing itself. */
  local(layerId?: string): LocalDrawing
}

/** A list of layers and wires as they are drawn, in the document or inside of a block, and how it is edited. */
export interface LocalDrawing {
  readonly drawing: Drawing
  /** What the names around it begin with. */
  readonly namePrefix: string
  /** What a layer or a wire of the expanded drawing is here; undefined where it is drawn elsewhere. */
  layer(expandedId: string): DrawnLayer | undefined
  wire(expandedId: string): Wire | undefined
  /** Edits of this list as edits of the whole document. */
  edits(edits: readonly Edit[]): Edit[]
}

/** What a drawing of which the blocks were expanded needs to know of the one that people see. */
export interface DrawnFrom {
  readonly local: Drawing['local']
  /** The place of each wire among those it was drawn with, by its id. */
  readonly places: ReadonlyMap<string, number>
}

interface GrowingLayer extends DrawnLayer {
  readonly incoming: Wire[]
  readonly outgoing: Wire[]
}

/**
 * Indexes a document. Wires that name a layer or port that does not exist are set aside. Where its blocks were expanded,
 * `from` leads back to what is drawn.
 */
export function readDrawing(document: ModelDocument, from?: DrawnFrom): Drawing {
  const layers = document.layers.map(
    (node): GrowingLayer => ({ node, definition: layerDefinition(node.kind), incoming: [], outgoing: [] }),
  )
  // The first of two layers with one id gets the wires; the second is reported.
  const byId = new Map(layers.toReversed().map((layer) => [layer.node.id, layer]))
  const dangling: { connection: Connection; reason: string }[] = []
  document.connections.forEach((connection, index) => {
    const source = byId.get(connection.source)
    const target = byId.get(connection.target)
    const reason = missingEnd(connection, source, target)
    if (reason !== undefined || !source || !target) {
      dangling.push({ connection, reason: reason ?? 'an end that does not exist' })
      return
    }
    const wire = { connection, index: from?.places.get(connection.id) ?? index, source, target }
    source.outgoing.push(wire)
    target.incoming.push(wire)
  })
  const drawing: Drawing = { document, layers, byId, dangling, local: from?.local ?? (() => itself) }
  const itself = localDrawing(drawing)
  return drawing
}

/** A drawing as what is drawn in one place; ids and names there begin with the prefixes, and `edits` leads out of it. */
export function localDrawing(
  drawing: Drawing,
  { idPrefix, namePrefix } = { idPrefix: '', namePrefix: '' },
  edits: LocalDrawing['edits'] = (own) => [...own],
): LocalDrawing {
  const own = (id: string) => (id.startsWith(idPrefix) ? id.slice(idPrefix.length) : undefined)
  return {
    drawing,
    namePrefix,
    layer: (id) => drawing.byId.get(own(id) ?? ''),
    wire: (id) => {
      const local = own(id)
      return drawing.layers
        .flatMap(({ incoming }) => incoming)
        .find(({ connection }) => connection.id === local)
    },
    edits,
  }
}

/** What a connection names that is not there, or `undefined` when all of it is. */
function missingEnd(
  connection: Connection,
  source: DrawnLayer | undefined,
  target: DrawnLayer | undefined,
): string | undefined {
  if (!source) return `a layer "${connection.source}" that does not exist`
  if (!target) return `a layer "${connection.target}" that does not exist`
  const named = (ports: readonly PortDefinition[] | undefined, name: string) =>
    ports === undefined || ports.some((port) => port.name === name)
  if (!named(source.definition?.outputs, connection.sourcePort)) {
    return `an output "${connection.sourcePort}" that ${source.node.name} does not have`
  }
  if (!named(target.definition?.inputs, connection.targetPort)) {
    return `an input "${connection.targetPort}" that ${target.node.name} does not have`
  }
  return undefined
}

/** The wires at an input port, in order. */
export function wiresAt(layer: DrawnLayer, port: PortDefinition): readonly Wire[] {
  return layer.incoming.filter((wire) => wire.connection.targetPort === port.name)
}

/**
 * The wires a layer computes with, port after port: the first one of a port that takes one, as many as it may take of
 * a port that takes several. `undefined` when a port has too few, or the kind is not known.
 */
export function effectiveWires(layer: DrawnLayer): readonly Wire[] | undefined {
  if (!layer.definition) return undefined
  const wires: Wire[] = []
  for (const port of layer.definition.inputs) {
    const present = wiresAt(layer, port)
    if (present.length < fewestWires(port)) return undefined
    wires.push(...present.slice(0, mostWires(port)))
  }
  return wires
}

export function fewestWires(port: PortDefinition): number {
  return port.many ? (port.minimum ?? 1) : 1
}

export function mostWires(port: PortDefinition): number {
  return port.many ? (port.maximum ?? Number.POSITIVE_INFINITY) : 1
}

/** Layers that can be reached from a layer along wires, itself included. */
export function downstreamOf(layer: DrawnLayer): ReadonlySet<DrawnLayer> {
  const reached = new Set([layer])
  // A set walks entries that are added while it is walked.
  for (const at of reached) for (const { target } of at.outgoing) reached.add(target)
  return reached
}
