import {
  blockIdOf,
  blockInputKind,
  blockKind,
  blockOfKind,
  blockOutputKind,
  blocksOf,
  blocksWithin,
} from '../../src-core/document/blocks/block-kinds.ts'
import { type LayerFace, layerFace } from '../../src-core/document/blocks/layer-face.ts'
import { makeBlock } from '../../src-core/document/blocks/make-block.ts'
import { unpackBlock } from '../../src-core/document/blocks/unpack-block.ts'
import type { LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'
import { t } from '../../src-core/language/t.ts'
import { canvas } from '../state/canvas-handle.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { notifyProblems } from '../ui/toast-store.ts'

/** Makes a block of the selected layers and selects it; says why where they cannot be one. */
export function makeBlockOfSelection(): void {
  const { drawing, selectedLayers, select } = useProject.getState()
  if (!drawing) return
  const made = makeBlock(drawing, selectedLayers)
  if (!made.ok) {
    notifyProblems(made.problems)
    return
  }
  const [first] = drawing.layers.filter(({ id }) => selectedLayers.has(id))
  const label =
    selectedLayers.size === 1 && first
      ? t('Make a block of {{name}}', { name: first.name })
      : t('Make a block of {{count, number}} layers', { count: selectedLayers.size })
  dispatch(made.value.edit, { label })
  select([made.value.layerId])
  canvas()?.focus(made.value.layerId)
}

/** Puts the layers inside of the selected block in its place and selects them. */
export function unpackSelectedBlock(): void {
  const { drawing, document, select } = useProject.getState()
  const layer = selectedBlock()
  if (!drawing || !document || !layer) return
  const unpacked = unpackBlock(drawing, layer.id, document)
  if (!unpacked.ok) {
    notifyProblems(unpacked.problems)
    return
  }
  dispatch(unpacked.value.edit, { label: t('Unpack {{name}}', { name: layer.name }) })
  select(unpacked.value.layerIds)
}

/** Shows the inside of the selected block, or of another one. */
export function openBlock(layerId: string | undefined = selectedBlock()?.id): void {
  const { drawing, entered, enter } = useProject.getState()
  const layer = drawing?.layers.find(({ id }) => id === layerId)
  if (!layer || !drawing || !blockOfKind(drawing, layer.kind)) return
  enter([...entered.map((each) => each.layer.id), layer.id])
  canvas()?.fit()
}

/** Shows what is around the block that was entered last, with the block selected; or goes out to a depth. */
export function leaveBlock(depth: number = useProject.getState().entered.length - 1): void {
  const { entered, enter, select } = useProject.getState()
  const left = entered[depth]
  if (!left) return
  enter(entered.slice(0, depth).map(({ layer }) => layer.id))
  select([left.layer.id])
  canvas()?.fit()
  canvas()?.focus(left.layer.id)
}

/** Shows a layer wherever it is: enters the blocks that lead to it. */
export function showLayer(layerId: string, inner: readonly string[] = []): void {
  const { enter } = useProject.getState()
  const path = [layerId, ...inner]
  const last = path.at(-1) ?? layerId
  enter(path.slice(0, -1))
  // In the next frame, when the layer is drawn.
  requestAnimationFrame(() => canvas()?.focusLayer(last))
}

/** The one layer that is selected, if it is a block that the document holds. */
export function selectedBlock(): LayerNode | undefined {
  const { drawing, selectedLayers } = useProject.getState()
  const [only, ...others] = selectedLayers
  const layer = others.length > 0 ? undefined : drawing?.layers.find(({ id }) => id === only)
  return layer && drawing && blockOfKind(drawing, layer.kind) ? layer : undefined
}

/**
 * What a drawing offers beside the catalogue: its blocks (but none that holds the one that is shown), and inside of a
 * block its ports.
 */
export function offeredBlocks(document: ModelDocument, shownBlockId: string | undefined): LayerFace[] {
  const blocks = blocksOf(document).filter(
    ({ id }) => shownBlockId === undefined || !blocksWithin(document, id).has(shownBlockId),
  )
  const ports = shownBlockId === undefined ? [] : [blockInputKind, blockOutputKind]
  return [...ports, ...blocks.map(({ id }) => blockKind(id))].flatMap(
    (kind) => layerFace(document, kind) ?? [],
  )
}

/** Removes a block that nothing uses from the document. */
export function removeBlock(kind: string): void {
  const blockId = blockIdOf(kind)
  if (blockId !== undefined) dispatch({ type: 'removeBlock', blockId })
}
