import { insideOf } from '../../document/blocks/block-edits.ts'
import type { ModelDocument } from '../../document/model-document.ts'
import { type Drawing, type LocalDrawing, localDrawing, readDrawing } from '../drawing.ts'
import type { Expansion } from './expansion.ts'

/** Finds where the layers of an expanded document are drawn; what is drawn is read when it is first asked for. */
export function localDrawings(document: ModelDocument, { origins }: Expansion): Drawing['local'] {
  const drawings = new Map<string | undefined, Drawing>()
  const drawingOf = (blockId: string | undefined): Drawing => {
    const inside = blockId === undefined ? undefined : insideOf(document, blockId)
    const drawing = drawings.get(blockId) ?? readDrawing(inside ?? document)
    drawings.set(blockId, drawing)
    return drawing
  }
  return (layerId): LocalDrawing => {
    const origin = layerId === undefined ? undefined : origins.get(layerId)
    const blockId = origin?.blockIds.at(-1)
    if (!origin || blockId === undefined) return localDrawing(drawingOf(undefined))
    return localDrawing(drawingOf(blockId), origin, (edits) =>
      edits.map((edit) => ({ type: 'editBlock', blockId, edit })),
    )
  }
}
