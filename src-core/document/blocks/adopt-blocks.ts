import type { Edit } from '../edits.ts'
import type { BlockDefinition, LayerNode } from '../model-document.ts'
import { firstFree } from '../new-elements.ts'
import { blockIdOf, blockKind, blocksOf, blocksWithin, type WithBlocks } from './block-kinds.ts'

/** The blocks that layers consist of, those inside of them included, in the order of the document. */
export function usedBlocks(document: WithBlocks, layers: readonly LayerNode[]): BlockDefinition[] {
  const used = new Set(
    layers.flatMap(({ kind }) => {
      const id = blockIdOf(kind)
      return id === undefined ? [] : [...blocksWithin(document, id)]
    }),
  )
  return blocksOf(document).filter(({ id }) => used.has(id))
}

export interface AdoptedBlocks {
  /** Adds the blocks that the document does not have yet. */
  readonly edits: readonly Edit[]
  /** The kind in this document of what was of a kind elsewhere. */
  kindOf(kind: string): string
}

/**
 * Brings blocks of another document into this one. A block that is here already, the same to the letter, is used; others get
 * the next free id and name where theirs are taken.
 */
export function adoptBlocks(document: WithBlocks, blocks: readonly BlockDefinition[]): AdoptedBlocks {
  const known = new Map(blocksOf(document).map((block) => [block.id, block]))
  const isKnown = (block: BlockDefinition) => JSON.stringify(known.get(block.id)) === JSON.stringify(block)
  // One that is used with others inside is only the same where those are.
  const same = new Set(
    blocks
      .filter(({ id }) => {
        const within = blocksWithin({ blocks: [...blocks] }, id)
        return blocks.filter((block) => within.has(block.id)).every(isKnown)
      })
      .map(({ id }) => id),
  )
  const taken = new Set([...known.values()].flatMap(({ id, name }) => [id, name]))
  const ids = new Map<string, string>()
  const adopted = blocks.flatMap((block): BlockDefinition[] => {
    if (same.has(block.id) || ids.has(block.id)) return []
    const free = !taken.has(block.id)
    const base = block.id.replace(/_\d+$/, '').slice(0, 180) || 'block'
    const id = free ? block.id : firstFree(base, (candidate) => taken.has(candidate))
    const name = taken.has(block.name) ? id : block.name
    taken.add(id).add(name)
    ids.set(block.id, id)
    return [{ ...structuredClone(block), id, name }]
  })
  const kindOf = (kind: string) => {
    const id = ids.get(blockIdOf(kind) ?? '')
    return id === undefined ? kind : blockKind(id)
  }
  const edits = adopted.map((block): Edit => {
    const layers = block.layers.map((layer) => ({ ...layer, kind: kindOf(layer.kind) }))
    return { type: 'addBlock', block: { ...block, layers } }
  })
  return { edits, kindOf }
}
