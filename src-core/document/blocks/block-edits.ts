import { type BlockDefinition, blockDefinitionSchema, type ModelDocument } from '../model-document.ts'
import { blocksOf } from './block-kinds.ts'

/** Edits of the list of blocks. What layers and wires a block holds is changed by `editBlock`. */
export type BlockEdit =
  | { readonly type: 'addBlock'; readonly block: BlockDefinition; readonly index?: number }
  /** Removes a definition; layers that are this block stay, and are reported. */
  | { readonly type: 'removeBlock'; readonly blockId: string }
  | { readonly type: 'renameBlock'; readonly blockId: string; readonly name: string }
  | {
      readonly type: 'setBlockParameters'
      readonly blockId: string
      readonly parameters: BlockDefinition['parameters']
    }

interface ChangedBlocks {
  readonly document: ModelDocument
  readonly inverse: BlockEdit
}

/** The document after the edit, and the edit that brings back the one before; undefined when nothing changes. */
export function changedBlocks(document: ModelDocument, edit: BlockEdit): ChangedBlocks | undefined {
  if (edit.type === 'addBlock') return addedBlock(document, edit.block, edit.index)
  const blocks = blocksOf(document)
  const index = blocks.findIndex(({ id }) => id === edit.blockId)
  const block = blocks[index]
  if (!block) return undefined
  if (edit.type === 'removeBlock') {
    return {
      document: withBlocks(document, blocks.toSpliced(index, 1)),
      inverse: { type: 'addBlock', block, index },
    }
  }
  const changed =
    edit.type === 'renameBlock' ? { ...block, name: edit.name } : { ...block, parameters: edit.parameters }
  if (!blockDefinitionSchema.safeParse(changed).success) return undefined
  const inverse: BlockEdit =
    edit.type === 'renameBlock'
      ? { type: 'renameBlock', blockId: block.id, name: block.name }
      : { type: 'setBlockParameters', blockId: block.id, parameters: block.parameters }
  return { document: withBlocks(document, blocks.with(index, changed)), inverse }
}

function addedBlock(
  document: ModelDocument,
  block: BlockDefinition,
  index: number | undefined,
): ChangedBlocks | undefined {
  const blocks = blocksOf(document)
  if (!blockDefinitionSchema.safeParse(block).success) return undefined
  if (blocks.some(({ id }) => id === block.id)) return undefined
  const at = Math.max(0, Math.min(index ?? blocks.length, blocks.length))
  return {
    document: withBlocks(document, blocks.toSpliced(at, 0, block)),
    inverse: { type: 'removeBlock', blockId: block.id },
  }
}

/** The document with other blocks; one without any has no list of them. */
export function withBlocks(document: ModelDocument, blocks: readonly BlockDefinition[]): ModelDocument {
  if (blocks.length > 0) return { ...document, blocks: [...blocks] }
  const { blocks: _, ...rest } = document
  return rest
}

/** The inside of a block as a document of its own: what edits of layers and wires can be applied to. */
export function insideOf(document: ModelDocument, blockId: string): ModelDocument | undefined {
  const block = blocksOf(document).find(({ id }) => id === blockId)
  if (!block) return undefined
  const { canvas: _, ...whole } = document
  const { layers, connections, canvas } = block
  // No layer inside is bound to data.
  return { ...whole, layers, connections, dataset: null, ...(canvas && { canvas }) }
}

/** The document with what became of the inside of a block; the same object when nothing did. */
export function withInside(document: ModelDocument, blockId: string, inside: ModelDocument): ModelDocument {
  const blocks = blocksOf(document)
  const index = blocks.findIndex(({ id }) => id === blockId)
  const block = blocks[index]
  const { layers, connections, canvas } = inside
  if (!block) return document
  if (block.layers === layers && block.connections === connections && block.canvas === canvas) return document
  const { canvas: _, ...bare } = block
  const changed = { ...bare, layers, connections, ...(canvas && { canvas }) }
  return withBlocks(document, blocks.with(index, changed))
}
