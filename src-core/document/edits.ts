import { assertNever } from '../assert-never.ts'
import type { TrainingSettings } from '../training/run-config.ts'
import { type AppliedEdit, type EditOf, unchanged } from './applied-edit.ts'
import { type BlockEdit, changedBlocks, insideOf, withInside } from './blocks/block-edits.ts'
import { applyCanvasEdit, type CanvasEdit } from './canvas-edits.ts'
import {
  replaceDocument,
  setDataset,
  setDescription,
  setDocumentName,
  setTraining,
} from './change-document.ts'
import {
  addLayer,
  changeLayer,
  moveLayers,
  removeLayer,
  renameLayer,
  setLayerTraining,
  setParameters,
} from './change-layers.ts'
import { connect, disconnect } from './change-wires.ts'
import type { LayerEdit } from './layer-edits.ts'
import type { LayerTraining } from './layer-training.ts'
import type { Connection, DatasetBinding, LayerNode, ModelDocument } from './model-document.ts'

export type { AppliedEdit }

/**
 * Every change to a document, as plain data. `applyEdit` is pure and returns the inverse, so undo comes for free.
 * Indices keep the order of layers and connections exactly, so that undoing everything gives the identical document.
 */
export type Edit =
  | { readonly type: 'addLayer'; readonly layer: LayerNode; readonly index?: number }
  /** Removes the layer, every connection at it and its entries in the dataset binding. */
  | { readonly type: 'removeLayer'; readonly layerId: string }
  | { readonly type: 'connect'; readonly connection: Connection; readonly index?: number }
  | { readonly type: 'disconnect'; readonly connectionId: string }
  /** Sets the named parameters; `undefined` removes one (back to the default). */
  | {
      readonly type: 'setParameters'
      readonly layerId: string
      readonly parameters: Readonly<Record<string, LayerNode['parameters'][string] | undefined>>
    }
  /** Freezes a layer, or changes its share of the learning rate; `undefined` goes back to the default. */
  | { readonly type: 'setLayerTraining'; readonly layerId: string; readonly changes: LayerTraining }
  | LayerEdit
  | CanvasEdit
  | { readonly type: 'renameLayer'; readonly layerId: string; readonly name: string }
  | {
      readonly type: 'moveLayers'
      readonly positions: Readonly<Record<string, { readonly x: number; readonly y: number }>>
    }
  | { readonly type: 'setDocumentName'; readonly name: string }
  | { readonly type: 'setDescription'; readonly description: string }
  | { readonly type: 'setDataset'; readonly dataset: DatasetBinding | null }
  | { readonly type: 'setTraining'; readonly training: TrainingSettings }
  | BlockEdit
  /** Changes layers and wires inside a block, for every layer that is this block. */
  | { readonly type: 'editBlock'; readonly blockId: string; readonly edit: Edit }
  /** Puts another document in place of the whole one. */
  | { readonly type: 'replaceDocument'; readonly document: ModelDocument }
  /** Several edits that undo as one; `label` is what the undo menu shows. */
  | { readonly type: 'group'; readonly label: string; readonly edits: readonly Edit[] }

/**
 * Applies one edit. Pure; everything the edit does not touch is shared with the document before.
 *
 * An edit that no longer makes sense (it names a layer or wire that is gone, adds an id that is taken, or carries a
 * value no document can hold, such as an empty name or NaN) changes nothing: the same document object comes back.
 * So a stale fix or a late event can never damage a document or make one that cannot be saved.
 */
export function applyEdit(document: ModelDocument, edit: Edit): AppliedEdit {
  switch (edit.type) {
    case 'addLayer':
      return addLayer(document, edit)
    case 'removeLayer':
      return removeLayer(document, edit)
    case 'connect':
      return connect(document, edit)
    case 'disconnect':
      return disconnect(document, edit)
    case 'setParameters':
      return setParameters(document, edit)
    case 'setLayerTraining':
      return setLayerTraining(document, edit)
    case 'replaceLayer':
    case 'setBypassed':
    case 'setRepeat':
    case 'setPinned':
      return changeLayer(document, edit)
    case 'renameLayer':
      return renameLayer(document, edit)
    case 'moveLayers':
      return moveLayers(document, edit)
    case 'setDirection':
    case 'addNote':
    case 'removeNote':
    case 'replaceNote':
      return applyCanvasEdit(document, edit) ?? unchanged(document)
    case 'setDocumentName':
      return setDocumentName(document, edit)
    case 'setDescription':
      return setDescription(document, edit)
    case 'setDataset':
      return setDataset(document, edit)
    case 'setTraining':
      return setTraining(document, edit)
    case 'addBlock':
    case 'removeBlock':
    case 'renameBlock':
    case 'setBlockParameters':
      return changedBlocks(document, edit) ?? unchanged(document)
    case 'editBlock':
      return editBlock(document, edit)
    case 'replaceDocument':
      return replaceDocument(document, edit)
    case 'group':
      return applyGroup(document, edit)
    default:
      return assertNever(edit)
  }
}

function editBlock(document: ModelDocument, { blockId, edit }: EditOf<'editBlock'>): AppliedEdit {
  const inside = insideOf(document, blockId)
  if (!inside) return unchanged(document)
  const applied = applyEdit(inside, edit)
  const changed = withInside(document, blockId, applied.document)
  if (changed === document) return unchanged(document)
  return { document: changed, inverse: { type: 'editBlock', blockId, edit: applied.inverse } }
}

function applyGroup(document: ModelDocument, edit: EditOf<'group'>): AppliedEdit {
  let current = document
  const inverses: Edit[] = []
  for (const part of edit.edits) {
    const applied = applyEdit(current, part)
    current = applied.document
    inverses.push(applied.inverse)
  }
  return { document: current, inverse: { type: 'group', label: edit.label, edits: inverses.reverse() } }
}
