import { failure, problem, type Result, success } from '../../problems.ts'
import type { Edit } from '../edits.ts'
import { isBypassed } from '../layer-edits.ts'
import { isFrozen } from '../layer-training.ts'
import type { BlockDefinition, Connection, LayerNode, ModelDocument } from '../model-document.ts'
import { firstFree, newConnection } from '../new-elements.ts'
import {
  blockInputKind,
  blockOfKind,
  canRepeat,
  isPortKind,
  portLayers,
  repeatsOf,
  usesOf,
} from './block-kinds.ts'

/** From the lowest layer of one repeat to the highest of the next, in the canvas's pixels. */
const rowHeight = 130

export interface UnpackedBlock {
  readonly edit: Edit
  /** The ids that the layers inside got. */
  readonly layerIds: readonly string[]
}

/**
 * The edit that puts the layers of a block in its place, with the values that it sets and once for each time that it is
 * repeated. Ids and names that are free stay. A definition that nothing else uses goes with it. `document` may be the
 * inside of a block of `whole`. Problem: `block.selection`, where the layer is no block, its block is missing, or it is bypassed.
 */
export function unpackBlock(
  document: ModelDocument,
  layerId: string,
  whole: ModelDocument = document,
): Result<UnpackedBlock> {
  const index = document.layers.findIndex(({ id }) => id === layerId)
  const node = document.layers[index]
  const block = node && blockOfKind(document, node.kind)
  if (!node || !block) {
    const name = node?.name ?? 'The layer'
    return failure(
      problem('block.selection', `${name} is no block, so there is nothing to unpack.`, {
        hint: 'Select a block.',
      }),
    )
  }
  if (isBypassed(node)) {
    return failure(
      problem('block.selection', `${node.name} is bypassed, and its layers would not be.`, {
        hint: `Switch ${node.name} on again, then unpack it.`,
      }),
    )
  }
  const unpacking = new Unpacking(document, node, block)
  const { layers } = unpacking
  const edits: Edit[] = [
    { type: 'removeLayer', layerId },
    ...layers.map((layer, at): Edit => ({ type: 'addLayer', layer, index: index + at })),
    ...unpacking.wires(),
    ...makeRoom(document, node, layers),
    ...(usesOf(whole, block.id) === 1 ? [{ type: 'removeBlock', blockId: block.id } as const] : []),
  ]
  const label = `Unpack ${node.name}`
  return success({ edit: { type: 'group', label, edits }, layerIds: layers.map(({ id }) => id) })
}

/** Moves what follows the block down as far as its layers now reach. */
function makeRoom(document: ModelDocument, block: LayerNode, unpacked: readonly LayerNode[]): Edit[] {
  const behind = new Set([block.id])
  const targets = Map.groupBy(document.connections, ({ source }) => source)
  // A set walks entries that are added while it is walked.
  for (const id of behind) for (const { target } of targets.get(id) ?? []) behind.add(target)
  const below = document.layers.filter(
    ({ id, position }) => id !== block.id && behind.has(id) && position.y >= block.position.y,
  )
  const bottom = Math.max(...unpacked.map(({ position }) => position.y))
  const missing = bottom + rowHeight - Math.min(...below.map(({ position }) => position.y))
  if (below.length === 0 || unpacked.length === 0 || missing <= 0) return []
  const positions = below.map(({ id, position }) => [id, { x: position.x, y: position.y + missing }] as const)
  return [{ type: 'moveLayers', positions: Object.fromEntries(positions) }]
}

type Source = Pick<Connection, 'source' | 'sourcePort'>

class Unpacking {
  readonly layers: LayerNode[] = []
  readonly #document: ModelDocument
  readonly #node: LayerNode
  readonly #block: BlockDefinition
  readonly #repeats: number
  /** New ids by repeat and the id inside. */
  readonly #ids = new Map<string, string>()

  constructor(document: ModelDocument, node: LayerNode, block: BlockDefinition) {
    this.#document = document
    this.#node = node
    this.#block = block
    this.#repeats = canRepeat(block) ? repeatsOf(node) : 1
    const taken = new Set(document.layers.flatMap(({ id, name }) => (id === node.id ? [] : [id, name])))
    const inner = block.layers.filter(({ kind }) => !isPortKind(kind))
    const offset = offsetOf(inner, node)
    for (let repeat = 1; repeat <= this.#repeats; repeat++) {
      for (const layer of inner) this.#place(layer, repeat, taken, offset)
    }
  }

  #place(layer: LayerNode, repeat: number, taken: Set<string>, offset: Offset): void {
    const base = layer.name.replace(/_\d+$/, '') || 'layer'
    const free = !taken.has(layer.id) && !taken.has(layer.name)
    const id = free ? layer.id : firstFree(base.slice(0, 190), (name) => taken.has(name))
    const name = free ? layer.name : id
    taken.add(id).add(name)
    this.#ids.set(key(repeat, layer.id), id)
    const position = {
      x: layer.position.x + offset.x,
      y: layer.position.y + offset.y + (repeat - 1) * offset.height,
    }
    const factor = (this.#node.learningRateFactor ?? 1) * (layer.learningRateFactor ?? 1)
    this.layers.push({
      ...layer,
      id,
      name,
      position,
      parameters: { ...layer.parameters, ...this.#valuesFor(layer.id) },
      ...(isFrozen(this.#node) && { trainable: false }),
      ...(factor !== 1 && { learningRateFactor: factor }),
    })
  }

  #valuesFor(innerId: string): LayerNode['parameters'] {
    const values = this.#node.parameters
    return Object.fromEntries(
      this.#block.parameters.flatMap(({ name, layer, parameter }) => {
        const value = Object.hasOwn(values, name) ? values[name] : undefined
        return layer === innerId && value !== undefined ? [[parameter, value]] : []
      }),
    )
  }

  /** Wires outside keep their places; those inside come after them, in their order. */
  wires(): Edit[] {
    const { id } = this.#node
    let index = 0
    const outside = this.#document.connections.flatMap((wire): Edit[] => {
      if (wire.target === id) return []
      const source = wire.source === id ? this.#through(wire.sourcePort, this.#repeats) : wire
      if (!source) return []
      const { sourcePort } = source
      const at = index++
      if (wire.source !== id) return []
      return [{ type: 'connect', connection: { ...wire, source: source.source, sourcePort }, index: at }]
    })
    return [...outside, ...this.#inside()]
  }

  #inside(): Edit[] {
    const taken = new Set<string>()
    const edits: Edit[] = []
    for (let repeat = 1; repeat <= this.#repeats; repeat++) {
      for (const { source, sourcePort, target, targetPort } of this.#block.connections) {
        const to = this.#ids.get(key(repeat, target))
        const from = this.#sourceOf({ source, sourcePort }, repeat)
        if (to === undefined || !from) continue
        const ends = { source: from.source, sourcePort: from.sourcePort, target: to, targetPort }
        const connection = newConnection(this.#document, ends, taken)
        taken.add(connection.id)
        edits.push({ type: 'connect', connection })
      }
    }
    return edits
  }

  /** What a wire inside comes from, outside of the block: a layer that was inside, or what is wired to the port. */
  #sourceOf({ source, sourcePort }: Source, repeat: number): Source | undefined {
    const id = this.#ids.get(key(repeat, source))
    if (id !== undefined) return { source: id, sourcePort }
    const port = this.#block.layers.find((layer) => layer.id === source && layer.kind === blockInputKind)
    if (!port) return undefined
    const [output] = portLayers(this.#block, 'outputs')
    if (repeat > 1) return output && this.#through(output.id, repeat - 1)
    return this.#document.connections.find(
      (wire) => wire.target === this.#node.id && wire.targetPort === port.id && wire.source !== wire.target,
    )
  }

  /** What an output of one repeat gives. */
  #through(outputId: string, repeat: number): Source | undefined {
    const wire = this.#block.connections.find(({ target }) => target === outputId)
    return wire && this.#sourceOf(wire, repeat)
  }
}

function key(repeat: number, innerId: string): string {
  return `${repeat} ${innerId}`
}

interface Offset {
  readonly x: number
  readonly y: number
  readonly height: number
}

/** Puts the middle of what was inside where the block was. */
function offsetOf(inner: readonly LayerNode[], { position }: LayerNode): Offset {
  if (inner.length === 0) return { x: 0, y: 0, height: 0 }
  const [xs, ys] = [inner.map((layer) => layer.position.x), inner.map((layer) => layer.position.y)]
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  return {
    x: position.x - Math.round((left + right) / 2),
    y: position.y - Math.round((top + bottom) / 2),
    height: bottom - top + rowHeight,
  }
}
