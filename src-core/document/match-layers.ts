import type { Connection, LayerNode, ModelDocument } from './model-document.ts'

/** A layer of one document and what it has become in the other. */
export interface LayerPair {
  readonly before: LayerNode
  readonly after: LayerNode
}

export interface LayerMatching {
  /** In the order of the document before. */
  readonly pairs: readonly LayerPair[]
  readonly removed: readonly LayerNode[]
  readonly added: readonly LayerNode[]
}

/**
 * Finds each layer of one document in another: by its id; of those left, by name and kind; and of those left, by place:
 * layers of one kind without inputs in the order of the documents, and layers of one kind that are wired in the same way
 * to layers that were found. Where several could be meant, one with the same parameters comes first.
 * So one drawing made twice by different people matches, and a layer that was only renamed is no new one.
 */
export function matchLayers(before: ModelDocument, after: ModelDocument): LayerMatching {
  const matcher = new Matcher(before, after)
  matcher.matchBy(({ id }) => id)
  matcher.matchBy(({ name, kind }) => JSON.stringify([name, kind]))
  matcher.matchSources()
  matcher.spread()
  const found = matcher.found
  const taken = new Set(found.values())
  return {
    pairs: before.layers.flatMap((layer) => {
      const other = found.get(layer)
      return other ? [{ before: layer, after: other }] : []
    }),
    removed: before.layers.filter((layer) => !found.has(layer)),
    added: after.layers.filter((layer) => !taken.has(layer)),
  }
}

/** A layer at the other end of a wire. */
interface Neighbour {
  readonly layer: LayerNode
  /** Direction and ports of the wire: what must be equal for two places to be the same. */
  readonly through: string
}

class Matcher {
  readonly found = new Map<LayerNode, LayerNode>()
  readonly #taken = new Set<LayerNode>()
  readonly #before: ModelDocument
  readonly #after: ModelDocument
  readonly #neighboursBefore: ReadonlyMap<LayerNode, readonly Neighbour[]>
  readonly #neighboursAfter: ReadonlyMap<LayerNode, readonly Neighbour[]>

  constructor(before: ModelDocument, after: ModelDocument) {
    this.#before = before
    this.#after = after
    this.#neighboursBefore = neighbours(before)
    this.#neighboursAfter = neighbours(after)
  }

  matchBy(key: (layer: LayerNode) => string): void {
    const free = new Map<string, LayerNode[]>()
    for (const layer of this.#after.layers) {
      if (this.#taken.has(layer)) continue
      const list = free.get(key(layer))
      if (list) list.push(layer)
      else free.set(key(layer), [layer])
    }
    for (const layer of this.#before.layers) {
      const other = this.found.has(layer) ? undefined : free.get(key(layer))?.shift()
      if (other) this.#pair(layer, other)
    }
  }

  /** Layers that data enters through have no place behind another. */
  matchSources(): void {
    const targetsBefore = new Set(this.#before.connections.map(({ target }) => target))
    const targetsAfter = new Set(this.#after.connections.map(({ target }) => target))
    const free = this.#after.layers.filter((layer) => !this.#taken.has(layer) && !targetsAfter.has(layer.id))
    for (const layer of this.#before.layers) {
      if (this.found.has(layer) || targetsBefore.has(layer.id)) continue
      this.#pairBest(layer, free)
    }
  }

  /** From every pair to what is wired to it, until nothing more is found. */
  spread(): void {
    // A map walks entries that are added while it is walked.
    for (const [layer, other] of this.found) {
      const candidates = this.#neighboursAfter.get(other) ?? []
      for (const { layer: next, through } of this.#neighboursBefore.get(layer) ?? []) {
        if (this.found.has(next)) continue
        const sameWire = candidates.filter((candidate) => candidate.through === through)
        this.#pairBest(
          next,
          sameWire.map((candidate) => candidate.layer),
        )
      }
    }
  }

  #pairBest(layer: LayerNode, candidates: readonly LayerNode[]): void {
    const free = candidates
      .filter(({ kind }) => kind === layer.kind)
      .filter((other) => !this.#taken.has(other))
    const parameters = JSON.stringify(layer.parameters)
    const best = free.find((other) => JSON.stringify(other.parameters) === parameters) ?? free[0]
    if (best) this.#pair(layer, best)
  }

  #pair(layer: LayerNode, other: LayerNode): void {
    this.found.set(layer, other)
    this.#taken.add(other)
  }
}

function neighbours({ layers, connections }: ModelDocument): Map<LayerNode, Neighbour[]> {
  const byId = new Map(layers.toReversed().map((layer) => [layer.id, layer]))
  const lists = new Map(layers.map((layer): [LayerNode, Neighbour[]] => [layer, []]))
  for (const connection of connections) {
    const source = byId.get(connection.source)
    const target = byId.get(connection.target)
    if (!source || !target) continue
    lists.get(source)?.push({ layer: target, through: throughText('to', connection) })
    lists.get(target)?.push({ layer: source, through: throughText('from', connection) })
  }
  return lists
}

function throughText(direction: 'to' | 'from', { sourcePort, targetPort }: Connection): string {
  return JSON.stringify([direction, sourcePort, targetPort])
}
