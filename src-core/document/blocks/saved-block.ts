import { z } from 'zod'
import { failure, problem, type Result, success } from '../../problems.ts'
import { applyEdit, type Edit } from '../edits.ts'
import { blockDefinitionSchema, type ModelDocument } from '../model-document.ts'
import { adoptBlocks } from './adopt-blocks.ts'
import { blockKind, blocksOf, blocksWithin } from './block-kinds.ts'

/** A block that a person keeps for other drawings, with the blocks it consists of. */
export const savedBlockSchema = z.object({
  /** Under which it is kept; saving another one under it replaces it. */
  name: blockDefinitionSchema.shape.name,
  blockId: blockDefinitionSchema.shape.id,
  /** The block itself is one of them. */
  blocks: z.array(blockDefinitionSchema).min(1),
})
export type SavedBlock = z.output<typeof savedBlockSchema>

/** A block of a document as it can be kept. Problem: `block.missing`, where the document does not hold it. */
export function savedBlock(document: ModelDocument, blockId: string): Result<SavedBlock> {
  const block = blocksOf(document).find(({ id }) => id === blockId)
  if (!block) {
    return failure(
      problem('block.missing', `This document does not hold the block "${blockId}".`, {
        hint: 'Select a block that it holds.',
      }),
    )
  }
  const within = blocksWithin(document, blockId)
  return success({
    name: block.name,
    blockId,
    blocks: blocksOf(document).filter(({ id }) => within.has(id)),
  })
}

export interface AdoptedBlock {
  readonly edits: readonly Edit[]
  /** The document after the edits. */
  readonly document: ModelDocument
  /** The kind of layers that are the block there. */
  readonly kind: string
}

/** Brings a block that was kept into a document; one that is there already, the same to the letter, is used. */
export function adoptSavedBlock(document: ModelDocument, saved: SavedBlock): AdoptedBlock {
  const { edits, kindOf } = adoptBlocks(document, saved.blocks)
  const adopted = edits.reduce((current, edit) => applyEdit(current, edit).document, document)
  return { edits, document: adopted, kind: kindOf(blockKind(saved.blockId)) }
}
