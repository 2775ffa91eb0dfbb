import type { TrainingSettings } from '../training/run-config.ts'
import type { Connection, DatasetBinding, LayerNode, ModelDocument } from './model-document.ts'

/**
 * Every change to a document, as plain data. `applyEdit` is pure and returns the inverse, so undo comes for free.
 * Indices keep the order of layers and connections exactly, so that undoing everything gives the identical document.
 */
export type Edit =
  | { readonly type: 'addLayer'; readonly layer: LayerNode; readonly index?: number }
  /** Removes the layer and every connection at it. */
  | { readonly type: 'removeLayer'; readonly layerId: string }
  | { readonly type: 'connect'; readonly connection: Connection; readonly index?: number }
  | { readonly type: 'disconnect'; readonly connectionId: string }
  /** Sets the named parameters; `undefined` removes one (back to the default). */
  | {
      readonly type: 'setParameters'
      readonly layerId: string
      readonly parameters: Readonly<Record<string, LayerNode['parameters'][string] | undefined>>
    }
  | { readonly type: 'renameLayer'; readonly layerId: string; readonly name: string }
  | {
      readonly type: 'moveLayers'
      readonly positions: Readonly<Record<string, { readonly x: number; readonly y: number }>>
    }
  | { readonly type: 'setDocumentName'; readonly name: string }
  | { readonly type: 'setDescription'; readonly description: string }
  | { readonly type: 'setDataset'; readonly dataset: DatasetBinding | null }
  | { readonly type: 'setTraining'; readonly training: TrainingSettings }
  /** Several edits that undo as one; `label` is what the undo menu shows. */
  | { readonly type: 'group'; readonly label: string; readonly edits: readonly Edit[] }

export interface AppliedEdit {
  readonly document: ModelDocument
  /** Applied to `document`, gives back the document before. */
  readonly inverse: Edit
}
