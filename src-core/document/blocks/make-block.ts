import { failure, problem, type Result, success } from '../../problems.ts'
import { directionOf } from '../canvas-part.ts'
import type { Edit } from '../edits.ts'
import type { BlockDefinition, Connection, LayerNode, ModelDocument } from '../model-document.ts'
import { firstFree } from '../new-elements.ts'
import {
  blockInputKind,
  blockKind,
  blockOutputKind,
  blocksOf,
  inputOfBlockOutput,
  isPortKind,
  outputOfBlockInput,
} from './block-kinds.ts'
import { layerFace } from './layer-face.ts'

/** Between a block's layers and its ports, in the canvas's pixels. */
const portGap = 130
const portWidth = 220

export interface MadeBlock {
  readonly edit: Edit
  /** The layer that takes the place of the chosen ones. */
  readonly layerId: string
  readonly blockId: string
}

/**
 * The edit that makes a block of some layers and puts one layer in their place. What comes in from outside becomes one
 * input for each layer it comes from, what goes out one output for each layer that gives it. Wires keep their order at
 * every port, so the model computes what it did; weights get the names `block/layer.weight`.
 * `document` may be the inside of a block. Problem: `block.selection`, where layers cannot stand in a block or a way
 * leads out of the selection and back into it.
 */
export function makeBlock(document: ModelDocument, layerIds: ReadonlySet<string>): Result<MadeBlock> {
  const chosen = document.layers.filter(({ id }) => layerIds.has(id))
  const refusal = whyNot(document, chosen)
  if (refusal) return failure(problem('block.selection', refusal.message, { hint: refusal.hint }))
  const blockId = firstFree('block', (id) => isTaken(document, id))
  const wires = sortWires(document, chosen)
  const block = insideBlock(document, blockId, chosen, wires)
  const place = middleOf(chosen)
  const layer: LayerNode = {
    id: blockId,
    kind: blockKind(blockId),
    name: blockId,
    parameters: {},
    position: place,
  }
  const first = document.layers.findIndex(({ id }) => layerIds.has(id))
  const edits: Edit[] = [
    { type: 'addBlock', block: block.definition },
    ...chosen.map(({ id }): Edit => ({ type: 'removeLayer', layerId: id })),
    { type: 'addLayer', layer, index: first },
    ...outsideWires(document, layer.id, block, wires),
  ]
  const label = `Make a block of ${chosen.length === 1 ? chosen[0]?.name : `${chosen.length} layers`}`
  return success({ edit: { type: 'group', label, edits }, layerId: layer.id, blockId })
}

function isTaken(document: ModelDocument, id: string): boolean {
  return (
    blocksOf(document).some((block) => block.id === id || block.name === id) ||
    document.layers.some((layer) => layer.id === id || layer.name === id)
  )
}

function whyNot(
  document: ModelDocument,
  chosen: readonly LayerNode[],
): { readonly message: string; readonly hint: string } | undefined {
  if (chosen.length === 0) {
    return { message: 'No layer is selected to make a block of.', hint: 'Select layers first.' }
  }
  const end = chosen.find(({ kind }) => kind === 'input' || kind === 'output' || isPortKind(kind))
  if (end) {
    const what = isPortKind(end.kind) ? 'a port of this block' : `an ${end.kind} of the model`
    return {
      message: `${end.name} is ${what} and cannot be part of a block.`,
      hint: `Leave ${end.name} out.`,
    }
  }
  const between = layerBetween(document, chosen)
  if (between) {
    return {
      message: `${between.name} stands between the selected layers, so they cannot become one layer.`,
      hint: `Select ${between.name}, too.`,
    }
  }
  return undefined
}

/** A layer that is not chosen but lies on a way from a chosen layer to a chosen layer. */
function layerBetween(document: ModelDocument, chosen: readonly LayerNode[]): LayerNode | undefined {
  const ids = new Set(chosen.map(({ id }) => id))
  const reach = (from: 'source' | 'target', to: 'source' | 'target') => {
    const next = Map.groupBy(document.connections, (wire: Connection) => wire[from])
    const found = new Set<string>()
    const open = [...ids]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const wire of next.get(id) ?? []) {
        const other = wire[to]
        if (ids.has(other) || found.has(other)) continue
        found.add(other)
        open.push(other)
      }
    }
    return found
  }
  const after = reach('source', 'target')
  const before = reach('target', 'source')
  return document.layers.find(({ id }) => after.has(id) && before.has(id))
}

type Source = Pick<Connection, 'source' | 'sourcePort'>

function sourceKey({ source, sourcePort }: Source): string {
  return JSON.stringify([source, sourcePort])
}

interface Wires {
  /** With a chosen layer at one end at least, in their order. */
  readonly inside: readonly Connection[]
  readonly entering: ReadonlyMap<string, readonly Connection[]>
  readonly leaving: ReadonlyMap<string, readonly Connection[]>
}

function sortWires(document: ModelDocument, chosen: readonly LayerNode[]): Wires {
  const ids = new Set(chosen.map(({ id }) => id))
  const entering = document.connections.filter(({ source, target }) => !ids.has(source) && ids.has(target))
  const leaving = document.connections.filter(({ source, target }) => ids.has(source) && !ids.has(target))
  return {
    inside: document.connections.filter(({ target }) => ids.has(target)),
    entering: Map.groupBy(entering, sourceKey),
    leaving: Map.groupBy(leaving, sourceKey),
  }
}

interface Inside {
  readonly definition: BlockDefinition
  /** The port for each source, as `sortWires` keys them. */
  readonly inputs: ReadonlyMap<string, LayerNode>
  readonly outputs: ReadonlyMap<string, LayerNode>
}

function insideBlock(
  document: ModelDocument,
  blockId: string,
  chosen: readonly LayerNode[],
  wires: Wires,
): Inside {
  const taken = new Set(chosen.flatMap(({ id, name }) => [id, name]))
  const left = Math.min(...chosen.map(({ position }) => position.x))
  const top = Math.min(...chosen.map(({ position }) => position.y)) - portGap
  const bottom = Math.max(...chosen.map(({ position }) => position.y)) + portGap
  const ports = (keys: readonly string[], kind: string, word: string, y: number) =>
    new Map(
      keys.map((key, index): [string, LayerNode] => {
        const name =
          keys.length === 1 && !taken.has(word) ? word : firstFree(word, (candidate) => taken.has(candidate))
        taken.add(name)
        return [key, { id: name, kind, name, parameters: {}, position: { x: left + index * portWidth, y } }]
      }),
    )
  const leaving = [...wires.leaving.values()].flatMap(([first]) => first ?? [])
  const given: readonly Source[] = leaving.length > 0 ? leaving : looseEnds(document, chosen)
  const inputs = ports([...wires.entering.keys()], blockInputKind, 'input', top)
  const outputs = ports(given.map(sourceKey), blockOutputKind, 'output', bottom)
  const within = wires.inside.map((wire): Connection => {
    const port = inputs.get(sourceKey(wire))
    return port ? { ...wire, source: port.id, sourcePort: outputOfBlockInput } : wire
  })
  const used = new Set(within.map(({ id }) => id))
  const toOutputs = given.flatMap(({ source, sourcePort }): Connection[] => {
    const port = outputs.get(sourceKey({ source, sourcePort }))
    if (!port) return []
    const plain = `${port.id}-wire`
    const id = used.has(plain) ? firstFree(plain, (candidate) => used.has(candidate)) : plain
    used.add(id)
    return [{ id, source, sourcePort, target: port.id, targetPort: inputOfBlockOutput }]
  })
  const layers = [...inputs.values(), ...chosen, ...outputs.values()]
  return {
    definition: {
      id: blockId,
      name: blockId,
      parameters: [],
      layers,
      connections: [...within, ...toOutputs],
      ...(directionOf(document) !== 'down' && { canvas: { direction: directionOf(document) } }),
    },
    inputs,
    outputs,
  }
}

/** Where nothing goes out: what no wire leads on from. */
function looseEnds(document: ModelDocument, chosen: readonly LayerNode[]): Source[] {
  const wired = new Set(document.connections.map(sourceKey))
  return chosen.flatMap(({ id, kind }) =>
    (layerFace(document, kind)?.outputs ?? []).flatMap(({ name }) => {
      const source = { source: id, sourcePort: name }
      return wired.has(sourceKey(source)) ? [] : [source]
    }),
  )
}

/** The wires at the new layer, each at the place of the first one it stands for. */
function outsideWires(document: ModelDocument, layerId: string, block: Inside, wires: Wires): Edit[] {
  const within = new Set(wires.inside.map(({ id }) => id))
  let place = 0
  return document.connections.flatMap((wire): Edit[] => {
    const key = sourceKey(wire)
    const input = block.inputs.get(key)
    const output = block.outputs.get(key)
    if (within.has(wire.id) && !(input && wires.entering.get(key)?.[0] === wire)) return []
    const index = place++
    if (within.has(wire.id) && input) {
      return [{ type: 'connect', connection: { ...wire, target: layerId, targetPort: input.id }, index }]
    }
    if (!output) return []
    return [{ type: 'connect', connection: { ...wire, source: layerId, sourcePort: output.id }, index }]
  })
}

function middleOf(layers: readonly LayerNode[]): LayerNode['position'] {
  const middle = (values: readonly number[]) => Math.round((Math.min(...values) + Math.max(...values)) / 2)
  return {
    x: middle(layers.map(({ position }) => position.x)),
    y: middle(layers.map(({ position }) => position.y)),
  }
}
