import { blockIdOf } from './blocks/block-kinds.ts'
import type { Connection, LayerNode, ModelDocument } from './model-document.ts'

/** `maxPooling2d` becomes `max_pooling2d`: names as Keras gives them, which are also names in Python. */
export function snakeCase(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The first of `prefix_1`, `prefix_2`, ... that is not taken. */
export function firstFree(prefix: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number++) {
    const name = `${prefix}_${number}`
    if (!isTaken(name)) return name
  }
}

/** What the names of layers of a kind begin with: a block's id up to its number. */
function baseName(kind: string): string {
  const block = blockIdOf(kind)?.replace(/_\d+$/, '')
  return block === undefined ? snakeCase(kind) : block || 'block'
}

/**
 * A new layer of a kind, with default parameters. Its id and its name are the same, readable and free:
 * `dense_1`, `dense_2`, ... `taken` names further ids and names that are spoken for.
 */
export function newLayer(
  document: ModelDocument,
  kind: string,
  position: { readonly x: number; readonly y: number },
  taken: ReadonlySet<string> = new Set(),
): LayerNode {
  const used = new Set([...taken, ...document.layers.flatMap((layer) => [layer.id, layer.name])])
  const name = firstFree(baseName(kind), (candidate) => used.has(candidate))
  return { id: name, kind, name, parameters: {}, position: { x: position.x, y: position.y } }
}

/** A new connection with a readable, free id such as `flatten_1-dense_1`. */
export function newConnection(
  document: ModelDocument,
  ends: Omit<Connection, 'id'>,
  taken: ReadonlySet<string> = new Set(),
): Connection {
  const used = new Set([...taken, ...document.connections.map((connection) => connection.id)])
  const plain = `${ends.source}-${ends.target}`
  // Ids are at most 200 characters long; layer ids may each be.
  const prefix = plain.length > 190 ? 'connection' : plain
  const id = prefix === plain && !used.has(plain) ? plain : firstFree(prefix, (name) => used.has(name))
  return { id, ...ends }
}
