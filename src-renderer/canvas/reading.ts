import { layerFace } from '../../src-core/document/blocks/layer-face.ts'
import { notesOf } from '../../src-core/document/canvas-part.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import type { PathDirection } from '../state/reading-store.ts'
import { readingOrder } from './reading-order.ts'

/** Layers and wires of a path. */
export interface PathMembers {
  readonly layers: ReadonlySet<string>
  readonly wires: ReadonlySet<string>
}

/**
 * The layer, everything that leads to it (or that it leads to), and the wires between; undefined when the layer is not in
 * the document. Circles end.
 */
export function pathMembers(
  document: ModelDocument,
  layerId: string,
  direction: PathDirection,
): PathMembers | undefined {
  if (!document.layers.some(({ id }) => id === layerId)) return undefined
  const onwards = new Map<string, { readonly wire: string; readonly layer: string }[]>()
  for (const { id, source, target } of document.connections) {
    const [here, there] = direction === 'before' ? [target, source] : [source, target]
    const list = onwards.get(here)
    if (list) list.push({ wire: id, layer: there })
    else onwards.set(here, [{ wire: id, layer: there }])
  }
  const layers = new Set([layerId])
  const wires = new Set<string>()
  // A set walks entries that are added while it is walked.
  for (const layer of layers) {
    for (const next of onwards.get(layer) ?? []) {
      wires.add(next.wire)
      layers.add(next.layer)
    }
  }
  return { layers, wires }
}

export type Found = { readonly layerId: string } | { readonly noteId: string }

/**
 * Layers whose name or kind has all words of what was typed, along the flow, then notes whose text has them; nothing for
 * no words.
 */
export function findOnCanvas(document: ModelDocument, query: string): readonly Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const matches = (text: string) => words.every((word) => text.toLowerCase().includes(word))
  const layers = readingOrder(document).filter(({ name, kind }) =>
    matches(`${name} ${kind} ${layerFace(document, kind)?.label ?? ''}`),
  )
  const notes = notesOf(document).filter(({ text }) => matches(text))
  return [...layers.map(({ id }) => ({ layerId: id })), ...notes.map(({ id }) => ({ noteId: id }))]
}

/** Which of so many finds a count that goes on means; 0 when there are none. */
export function wrapped(found: number, count: number): number {
  return count === 0 ? 0 : ((found % count) + count) % count
}
