import type { LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'

/**
 * Layers along the flow, each after what feeds it (Kahn 1962; ties and cycles in document order). This is the order
 * in which the Tab key visits them.
 */
export function readingOrder(document: ModelDocument): readonly LayerNode[] {
  const waiting = new Map(document.layers.map((layer) => [layer.id, 0]))
  const next = new Map<string, string[]>()
  for (const { source, target } of document.connections) {
    if (!waiting.has(source) || !waiting.has(target)) continue
    waiting.set(target, (waiting.get(target) ?? 0) + 1)
    next.set(source, [...(next.get(source) ?? []), target])
  }
  const byId = new Map(document.layers.map((layer) => [layer.id, layer]))
  const ordered = new Set<LayerNode>()
  const open = document.layers.filter((layer) => waiting.get(layer.id) === 0)
  for (let index = 0; index < open.length; index++) {
    const layer = open[index]
    if (!layer) continue
    ordered.add(layer)
    for (const target of next.get(layer.id) ?? []) {
      const left = (waiting.get(target) ?? 0) - 1
      waiting.set(target, left)
      const follower = byId.get(target)
      if (left === 0 && follower) open.push(follower)
    }
  }
  return [...ordered, ...document.layers.filter((layer) => !ordered.has(layer))]
}
