import { assertNever } from '../assert-never.ts'
import type { Edit } from '../document/edits.ts'
import type { Connection, LayerNode } from '../document/model-document.ts'
import { newConnection, newLayer } from '../document/new-elements.ts'
import { layerDefinition } from '../layers/catalogue.ts'
import type { PortDefinition, Remedy } from '../layers/define-layer.ts'
import type { Fix } from '../problems.ts'
import { type Drawing, type DrawnLayer, downstreamOf, fewestWires, type Wire, wiresAt } from './drawing.ts'

interface PossibleFix {
  readonly fix?: Fix
}

/** From one layer to the next, in the canvas's pixels: drawings flow from top to bottom. */
const rowHeight = 130

export function disconnectFix(label: string, connection: Connection): Fix {
  return { label, edits: [{ type: 'disconnect', connectionId: connection.id }] }
}

/** Wires the one layer that has nowhere to go yet; no fix when none or several could be meant. */
export function connectFix(drawing: Drawing, layer: DrawnLayer, port: PortDefinition): PossibleFix {
  const after = downstreamOf(layer)
  const [source, ...others] = looseEnds(drawing).filter((candidate) => !after.has(candidate))
  if (!source || others.length > 0) return {}
  const connection = wireBetween(drawing, source, layer, port)
  if (!connection) return {}
  return { fix: { label: `Connect ${source.node.name}`, edits: [{ type: 'connect', connection }] } }
}

/** Layers whose result could go somewhere and does not. */
function looseEnds(drawing: Drawing): DrawnLayer[] {
  return drawing.layers.filter(
    (layer) => layer.outgoing.length === 0 && (layer.definition?.outputs.length ?? 0) > 0,
  )
}

function wireBetween(
  drawing: Drawing,
  source: DrawnLayer,
  target: DrawnLayer,
  port: PortDefinition,
): Connection | undefined {
  const sourcePort = source.definition?.outputs[0]?.name
  if (sourcePort === undefined) return undefined
  const ends = { source: source.node.id, sourcePort, target: target.node.id, targetPort: port.name }
  return newConnection(drawing.document, ends)
}

/** Adds an input layer, and wires it where exactly one layer lacks its first input. */
export function addInputFix(drawing: Drawing): PossibleFix {
  const waiting = drawing.layers.flatMap((layer) => {
    const port = layer.definition?.inputs[0]
    return port && wiresAt(layer, port).length < fewestWires(port) ? [{ layer, port }] : []
  })
  const [first, ...others] = waiting
  const beside = first?.layer.node.position ?? { x: 0, y: 0 }
  const added = newLayer(drawing.document, 'input', { x: beside.x, y: beside.y - rowHeight })
  const edits: Edit[] = [{ type: 'addLayer', layer: added, index: 0 }]
  if (first && others.length === 0) {
    const ends = {
      source: added.id,
      sourcePort: 'output',
      target: first.layer.node.id,
      targetPort: first.port.name,
    }
    edits.push({ type: 'connect', connection: newConnection(drawing.document, ends) })
  }
  return { fix: { label: 'Add an input layer', edits } }
}

/** Adds an output layer, and wires the last layer to it where there is exactly one. */
export function addOutputFix(drawing: Drawing): PossibleFix {
  const ends = looseEnds(drawing)
  const [last] = ends
  const beside = last?.node.position ?? { x: 0, y: 0 }
  const added = newLayer(drawing.document, 'output', { x: beside.x, y: beside.y + rowHeight })
  const edits: Edit[] = [{ type: 'addLayer', layer: added }]
  const sourcePort = last?.definition?.outputs[0]?.name
  if (last && sourcePort !== undefined && ends.length === 1) {
    const wire = { source: last.node.id, sourcePort, target: added.id, targetPort: 'input' }
    edits.push({ type: 'connect', connection: newConnection(drawing.document, wire) })
  }
  return { fix: { label: 'Add an output layer', edits } }
}

/** Turns what a layer proposes into edits; no fix when there is no wire to work on. */
export function remedyFix(drawing: Drawing, layer: DrawnLayer, remedy: Remedy): PossibleFix {
  const [wire] = layer.incoming
  switch (remedy) {
    case 'insertFlatten':
      return wire ? { fix: insertOnWireFix(drawing, wire, 'flatten') } : {}
    case 'insertGlobalAveragePooling2d':
      return wire ? { fix: insertOnWireFix(drawing, wire, 'globalAveragePooling2d') } : {}
    case 'setSamePadding':
      return {
        fix: {
          label: 'Set padding to same',
          edits: [{ type: 'setParameters', layerId: layer.node.id, parameters: { padding: 'same' } }],
        },
      }
    default:
      return assertNever(remedy)
  }
}

function insertOnWireFix(drawing: Drawing, wire: Wire, kind: 'flatten' | 'globalAveragePooling2d'): Fix {
  return {
    label: `Insert ${layerDefinition(kind)?.label ?? kind}`,
    edits: insertEdits(drawing, [{ wire, kind, parameters: {} }]),
  }
}

/** A layer to be put between the ends of a wire. */
export interface Insertion {
  readonly wire: Wire
  readonly kind: string
  readonly parameters: LayerNode['parameters']
}

/** Leads wires through new layers between their ends; every wire keeps its place in the order of its port. */
export function insertEdits(drawing: Drawing, insertions: readonly Insertion[]): Edit[] {
  const taken = new Set<string>()
  // From the last wire to the first: what is put in moves the places of later wires only.
  return insertions
    .toSorted((a, b) => b.wire.index - a.wire.index)
    .flatMap(({ wire, kind, parameters }) => {
      const layer = { ...newLayer(drawing.document, kind, placeOn(wire), taken), parameters }
      const { source, target } = wire
      const { sourcePort, targetPort } = wire.connection
      const out = { source: layer.id, sourcePort: 'output', target: target.node.id, targetPort }
      const into = { source: source.node.id, sourcePort, target: layer.id, targetPort: 'input' }
      const outConnection = newConnection(drawing.document, out, taken)
      const intoConnection = newConnection(drawing.document, into, new Set([...taken, outConnection.id]))
      for (const id of [layer.id, outConnection.id, intoConnection.id]) taken.add(id)
      return [
        ...(hasRoom(wire) ? [] : [moveDown(target)]),
        { type: 'addLayer', layer, index: drawing.layers.indexOf(target) },
        { type: 'disconnect', connectionId: wire.connection.id },
        { type: 'connect', connection: outConnection, index: wire.index },
        { type: 'connect', connection: intoConnection, index: wire.index },
      ] satisfies Edit[]
    })
}

/** Under the source, where there is room; beside other layers in front of a target that takes several wires. */
function placeOn(wire: Wire): LayerNode['position'] {
  const { source, target } = wire
  return {
    x: (target.incoming.length > 1 ? source : target).node.position.x,
    y: hasRoom(wire) ? source.node.position.y + rowHeight : target.node.position.y,
  }
}

function hasRoom({ source, target }: Wire): boolean {
  return target.node.position.y >= source.node.position.y + 2 * rowHeight
}

/** Makes room for one layer above this one: everything it leads to moves along. */
function moveDown(layer: DrawnLayer): Edit {
  const positions = [...downstreamOf(layer)].map(({ node }): [string, LayerNode['position']] => [
    node.id,
    { x: node.position.x, y: node.position.y + rowHeight },
  ])
  return { type: 'moveLayers', positions: Object.fromEntries(positions) }
}
