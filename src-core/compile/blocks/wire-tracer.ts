import { portLayers } from '../../document/blocks/block-kinds.ts'
import type { BlockDefinition, Connection } from '../../document/model-document.ts'
import { insidePrefix, type Scope, starvedKey, type WireEnd } from './expansion.ts'

/** A wire of one scope with expanded ends, ports of blocks included. */
interface RawWire {
  readonly connection: Connection
  readonly place: number
  readonly source: WireEnd
  readonly target: WireEnd
  readonly idPrefix: string
}

/** A wire that names a port which its block does not have. */
export interface LostWire {
  readonly connection: Connection
  readonly idPrefix: string
  readonly namePrefix: string
  readonly layerName: string
  readonly side: 'inputs' | 'outputs'
}

export interface TracedWires {
  readonly connections: Connection[]
  readonly places: ReadonlyMap<string, number>
  readonly ports: ReadonlyMap<string, WireEnd | undefined>
  readonly starved: ReadonlySet<string>
}

interface BlockEnds {
  readonly block: BlockDefinition
  readonly repeats: number
}

/** Follows wires through the ports of opened blocks, so that they lead from layer to layer. */
export class WireTracer {
  readonly #raw: RawWire[] = []
  readonly #blocks = new Map<string, BlockEnds>()
  readonly #ports = new Map<string, 'input' | 'output'>()
  /** The wires into each port, in their order. */
  readonly #into = new Map<string, RawWire[]>()
  /** What goes from one repeat of a block into the next. */
  readonly #chains = new Map<string, WireEnd>()
  readonly lost: LostWire[] = []

  addPort(id: string, side: 'input' | 'output'): void {
    this.#ports.set(id, side)
  }

  addBlock(id: string, block: BlockDefinition, repeats: number): void {
    this.#blocks.set(id, { block, repeats })
    const [input] = portLayers(block, 'inputs')
    const [output] = portLayers(block, 'outputs')
    for (let repeat = 2; input && output && repeat <= repeats; repeat++) {
      const from = { id: insidePrefix(id, repeats, repeat - 1) + output.id, port: 'output' }
      this.#chains.set(insidePrefix(id, repeats, repeat) + input.id, from)
    }
  }

  /** Takes the wires of a scope once everything in it was placed. */
  addScope(scope: Scope): void {
    scope.connections.forEach((connection, place) => {
      const source = this.#end(scope, connection, 'outputs')
      const target = this.#end(scope, connection, 'inputs')
      if (!source || !target) return
      const wire: RawWire = { connection, place, source, target, idPrefix: scope.idPrefix }
      this.#raw.push(wire)
      if (!this.#ports.has(target.id)) return
      const known = this.#into.get(target.id)
      if (known) known.push(wire)
      else this.#into.set(target.id, [wire])
    })
  }

  #end(scope: Scope, connection: Connection, side: 'inputs' | 'outputs'): WireEnd | undefined {
    const [nodeId, port] =
      side === 'outputs'
        ? [connection.source, connection.sourcePort]
        : [connection.target, connection.targetPort]
    const id = scope.idPrefix + nodeId
    const opened = this.#blocks.get(id)
    if (!opened) return { id, port }
    if (!portLayers(opened.block, side).some((layer) => layer.id === port)) {
      const { idPrefix, namePrefix } = scope
      const layerName = scope.layers.find((layer) => layer.id === nodeId)?.name ?? nodeId
      this.lost.push({ connection, idPrefix, namePrefix, layerName, side })
      return undefined
    }
    const prefix = insidePrefix(id, opened.repeats, side === 'inputs' ? 1 : opened.repeats)
    return { id: prefix + port, port: 'output' }
  }

  /** How many wires lead into a port. */
  countInto(portId: string): number {
    return (this.#into.get(portId)?.length ?? 0) + (this.#chains.has(portId) ? 1 : 0)
  }

  /** The layer whose result a port passes on; undefined where nothing is wired to it, or it leads round to itself. */
  feeding(portId: string): WireEnd | undefined {
    const seen = new Set<string>()
    let at: WireEnd | undefined = { id: portId, port: 'output' }
    while (at && this.#ports.has(at.id)) {
      if (seen.has(at.id)) return undefined
      seen.add(at.id)
      at = this.#chains.get(at.id) ?? this.#into.get(at.id)?.[0]?.source
    }
    return at
  }

  trace(): TracedWires {
    const starved = new Set<string>()
    const places = new Map<string, number>()
    const connections = this.#raw.flatMap((wire): Connection[] => {
      const { connection, place, source, target, idPrefix } = wire
      if (this.#ports.has(target.id)) return []
      const from = this.#ports.has(source.id) ? this.feeding(source.id) : source
      if (!from) {
        starved.add(starvedKey(target.id, target.port))
        return []
      }
      const id = idPrefix + connection.id
      places.set(id, place)
      return [{ id, source: from.id, sourcePort: from.port, target: target.id, targetPort: target.port }]
    })
    const ports = new Map([...this.#ports.keys()].map((id) => [id, this.feeding(id)]))
    return { connections, places, ports, starved }
  }
}
