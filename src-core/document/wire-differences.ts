import type { LayerMatching } from './match-layers.ts'
import type { Connection, LayerNode, ModelDocument } from './model-document.ts'

export type WireDifference =
  | {
      readonly type: 'added' | 'removed'
      readonly connection: Connection
      /** Names of the layers at its ends; the id of one that does not exist. */
      readonly source: string
      readonly target: string
    }
  /** The same wires reach a port in another order. */
  | {
      readonly type: 'reordered'
      readonly target: string
      readonly targetPort: string
      /** Names of the layers they come from. */
      readonly before: readonly string[]
      readonly after: readonly string[]
    }

interface Ends {
  readonly connection: Connection
  readonly key: string
  readonly port: string
  readonly source: string
  readonly target: string
}

/** Wires that only one of two documents has, and ports whose wires come in another order. */
export function differentWires(
  before: ModelDocument,
  after: ModelDocument,
  matching: LayerMatching,
): WireDifference[] {
  const [old, next] = endsOfBoth(before, after, matching)
  const gone = without(old, next)
  const fresh = without(next, old)
  const told = (type: 'added' | 'removed') => {
    return ({ connection, source, target }: Ends): WireDifference => ({ type, connection, source, target })
  }
  return [
    ...gone.map(told('removed')),
    ...fresh.map(told('added')),
    ...reordered(old, next, new Set([...gone, ...fresh].map(({ port }) => port))),
  ]
}

/** The wires of both documents with keys that are equal where the wires are. */
function endsOfBoth(before: ModelDocument, after: ModelDocument, matching: LayerMatching): [Ends[], Ends[]] {
  const keys = new Map<LayerNode, string>()
  matching.pairs.forEach((pair, index) => {
    keys.set(pair.before, `both ${index}`)
    keys.set(pair.after, `both ${index}`)
  })
  for (const [index, layer] of matching.removed.entries()) keys.set(layer, `removed ${index}`)
  for (const [index, layer] of matching.added.entries()) keys.set(layer, `added ${index}`)
  const ends = ({ layers, connections }: ModelDocument) => {
    const byId = new Map(layers.toReversed().map((layer) => [layer.id, layer]))
    const keyOf = (id: string) => {
      const layer = byId.get(id)
      return (layer && keys.get(layer)) ?? `nowhere ${id}`
    }
    const nameOf = (id: string) => byId.get(id)?.name ?? id
    return connections.map((connection): Ends => {
      const { source, sourcePort, target, targetPort } = connection
      const port = JSON.stringify([keyOf(target), targetPort])
      const key = JSON.stringify([keyOf(source), sourcePort, port])
      return { connection, key, port, source: nameOf(source), target: nameOf(target) }
    })
  }
  return [ends(before), ends(after)]
}

/** Those of one list that the other has fewer of. */
function without(list: readonly Ends[], others: readonly Ends[]): Ends[] {
  const left = new Map<string, number>()
  for (const { key } of others) left.set(key, (left.get(key) ?? 0) + 1)
  return list.filter(({ key }) => {
    const count = left.get(key) ?? 0
    left.set(key, count - 1)
    return count <= 0
  })
}

function reordered(
  old: readonly Ends[],
  next: readonly Ends[],
  changed: ReadonlySet<string>,
): WireDifference[] {
  const before = byPort(old)
  return [...byPort(next)].flatMap(([port, wires]): WireDifference[] => {
    const was = before.get(port)
    const [first] = wires
    if (!was || !first || changed.has(port)) return []
    if (was.every(({ key }, index) => key === wires[index]?.key)) return []
    return [
      {
        type: 'reordered',
        target: first.target,
        targetPort: first.connection.targetPort,
        before: was.map(({ source }) => source),
        after: wires.map(({ source }) => source),
      },
    ]
  })
}

function byPort(list: readonly Ends[]): Map<string, Ends[]> {
  const ports = new Map<string, Ends[]>()
  for (const ends of list) {
    const wires = ports.get(ends.port)
    if (wires) wires.push(ends)
    else ports.set(ends.port, [ends])
  }
  return ports
}
