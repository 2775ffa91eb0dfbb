import { blockIdOf, repeatsOf } from '../../document/blocks/block-kinds.ts'
import type { BlockDefinition } from '../../document/model-document.ts'

/** How many layers each block consists of once it is opened; Infinity for one that contains itself. By the block's id. */
export function expandedSize(blocks: readonly BlockDefinition[]): ReadonlyMap<string, number> {
  const byId = new Map(blocks.map((block) => [block.id, block]))
  const sizes = new Map<string, number>()
  const open = new Set<string>()
  const sizeOf = (id: string): number => {
    const known = sizes.get(id)
    if (known !== undefined) return known
    if (open.has(id)) return Number.POSITIVE_INFINITY
    open.add(id)
    const size = (byId.get(id)?.layers ?? []).reduce((sum, layer) => {
      const inner = blockIdOf(layer.kind)
      return sum + (inner === undefined ? 1 : sizeOf(inner) * repeatsOf(layer))
    }, 0)
    open.delete(id)
    sizes.set(id, size)
    return size
  }
  for (const { id } of blocks) sizeOf(id)
  return sizes
}
