import { insidePrefix } from '../../src-core/compile/blocks/expansion.ts'
import { insideOf } from '../../src-core/document/blocks/block-edits.ts'
import { blockOfKind, canRepeat, repeatsOf } from '../../src-core/document/blocks/block-kinds.ts'
import type { Edit } from '../../src-core/document/edits.ts'
import type { BlockDefinition, LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'

/** A block that was entered: the layer that stands for it, and what it is. */
export interface EnteredBlock {
  readonly layer: LayerNode
  readonly block: BlockDefinition
}

/** What the canvas shows: the document, or the inside of the block that a path of layer ids leads to. */
export interface Shown {
  readonly drawing: ModelDocument
  /** One for each id of the path that still leads into a block. */
  readonly entered: readonly EnteredBlock[]
}

const noBlocks: readonly EnteredBlock[] = []

/** Follows a path of ids of block layers as far as it leads. */
export function shownAt(document: ModelDocument, path: readonly string[]): Shown {
  if (path.length === 0) return { drawing: document, entered: noBlocks }
  const entered: EnteredBlock[] = []
  let drawing = document
  for (const id of path) {
    const layer = drawing.layers.find((candidate) => candidate.id === id)
    const block = layer && blockOfKind(document, layer.kind)
    const inside = block && insideOf(document, block.id)
    if (!layer || !block || !inside) break
    entered.push({ layer, block })
    drawing = inside
  }
  return { drawing, entered }
}

/** What comes before the id of a layer that is shown, among those of the expanded document: of its first repeat. */
export function expandedPrefix(entered: readonly EnteredBlock[]): string {
  return entered.reduce(
    (prefix, { layer, block }) => insidePrefix(prefix + layer.id, canRepeat(block) ? repeatsOf(layer) : 1, 1),
    '',
  )
}

/** An edit of what is shown as one of the document: layers and wires are those of the block, everything else is not. */
export function editInside(edit: Edit, blockId: string | undefined): Edit {
  if (blockId === undefined) return edit
  switch (edit.type) {
    case 'group':
      return { ...edit, edits: edit.edits.map((part) => editInside(part, blockId)) }
    case 'setDocumentName':
    case 'setDescription':
    case 'setDataset':
    case 'setTraining':
    case 'addBlock':
    case 'removeBlock':
    case 'renameBlock':
    case 'setBlockParameters':
    case 'editBlock':
    case 'replaceDocument':
      return edit
    default:
      return { type: 'editBlock', blockId, edit }
  }
}
