import { assertNever } from '../assert-never.ts'
import { layerFace } from '../document/blocks/layer-face.ts'
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
  const local = drawing.local(layer.node.id)
  const target = local.layer(layer.node.id)
  if (!target) return {}
  const after = downstreamOf(target)
  const [from, ...others] = looseEnds(local.drawing).filter(({ layer: source }) => !after.has(source))
  if (!from || others.length > 0) return {}
  const { node } = from.layer
  const ends = { source: node.id, sourcePort: from.port, target: target.node.id, targetPort: port.name }
  const connection = newConnection(local.drawing.document, ends)
  const name = local.namePrefix + node.name
  return { fix: { label: `Connect ${name}`, edits: local.edits([{ type: 'connect', connection }]) } }
}

/** A layer whose result could go somewhere and does not, and the output that gives it. */
interface LooseEnd {
  readonly layer: DrawnLayer
  readonly port: string
}

function looseEnds({ document, layers }: Drawing): LooseEnd[] {
  return layers.flatMap((layer) => {
    const port = layerFace(document, layer.node.kind)?.outputs[0]?.name
    return layer.outgoing.length === 0 && port !== undefined ? [{ layer, port }] : []
  })
}

/** Adds an input layer, and wires it where exactly one layer lacks its first input. */
export function addInputFix(whole: Drawing): PossibleFix {
  const { drawing, edits: located } = whole.local()
  const waiting = drawing.layers.flatMap((layer) => {
    const port = layerFace(drawing.document, layer.node.kind)?.inputs[0]
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
  return { fix: { label: 'Add an input layer', edits: located(edits) } }
}

/** Adds an output layer, and wires the last layer to it where there is exactly one. */
export function addOutputFix(whole: Drawing): PossibleFix {
  const { drawing, edits: located } = whole.local()
  const ends = looseEnds(drawing)
  const [last] = ends
  const beside = last?.layer.node.position ?? { x: 0, y: 0 }
  const added = newLayer(drawing.document, 'output', { x: beside.x, y: beside.y + rowHeight })
  const edits: Edit[] = [{ type: 'addLayer', layer: added }]
  if (last && ends.length === 1) {
    const { layer, port } = last
    const wire = { source: layer.node.id, sourcePort: port, target: added.id, targetPort: 'input' }
    edits.push({ type: 'connect', connection: newConnection(drawing.document, wire) })
  }
  return { fix: { label: 'Add an output layer', edits: located(edits) } }
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

/**
 * Leads wires into one layer through new layers between their ends; every wire keeps its place in the order of its port. The
 * new layers stand where that layer is drawn: inside of a block, they change every layer that is this block.
 */
export function insertEdits(drawing: Drawing, insertions: readonly Insertion[]): Edit[] {
  const [first] = insertions
  if (!first) return []
  const local = drawing.local(first.wire.target.node.id)
  const drawn = insertions.flatMap((each): Insertion[] => {
    const wire = local.wire(each.wire.connection.id)
    return wire ? [{ ...each, wire }] : []
  })
  return local.edits(insertedWhereDrawn(local.drawing, drawn))
}

function insertedWhereDrawn(drawing: Drawing, insertions: readonly Insertion[]): Edit[] {
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
