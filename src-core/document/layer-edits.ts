import { type LayerNode, layerNodeSchema } from './model-document.ts'

/** Edits that put one layer in the place of itself: its wires, its id and its place in the document stay. */
export type LayerEdit =
  /** Puts another layer (kind, name, parameters) in the place of the one with the same id. */
  | { readonly type: 'replaceLayer'; readonly layer: LayerNode }
  /** A bypassed layer computes nothing: what reaches it goes on as it is. */
  | { readonly type: 'setBypassed'; readonly layerId: string; readonly bypassed: boolean }
  /** How often a block stands in a row. */
  | { readonly type: 'setRepeat'; readonly layerId: string; readonly repeat: number }
  /** A pinned layer stays where it is when the drawing is arranged. */
  | { readonly type: 'setPinned'; readonly layerId: string; readonly pinned: boolean }

/** The id of the layer that an edit is about. */
export function editedLayer(edit: LayerEdit): string {
  return edit.type === 'replaceLayer' ? edit.layer.id : edit.layerId
}

/** The layer after the edit, and the edit that brings back the one before; undefined when nothing changes. */
export function changedLayer(
  layer: LayerNode,
  edit: LayerEdit,
): { readonly layer: LayerNode; readonly inverse: LayerEdit } | undefined {
  if (edit.type === 'replaceLayer') {
    if (!layerNodeSchema.safeParse(edit.layer).success) return undefined
    return { layer: edit.layer, inverse: { type: 'replaceLayer', layer } }
  }
  if (edit.type === 'setRepeat') return repeated(layer, edit.repeat)
  if (edit.type === 'setPinned') {
    if (isPinned(layer) === edit.pinned) return undefined
    const { pinned: _, ...loose } = layer
    return {
      layer: edit.pinned ? { ...loose, pinned: true } : loose,
      inverse: { type: 'replaceLayer', layer },
    }
  }
  if (isBypassed(layer) === edit.bypassed) return undefined
  const { bypassed: _, ...enabled } = layer
  return {
    layer: edit.bypassed ? { ...enabled, bypassed: true } : enabled,
    inverse: { type: 'replaceLayer', layer },
  }
}

function repeated(layer: LayerNode, repeat: number) {
  const { repeat: before = 1, ...once } = layer
  const changed = repeat === 1 ? once : { ...once, repeat }
  if (before === repeat || !layerNodeSchema.safeParse(changed).success) return undefined
  return { layer: changed, inverse: { type: 'replaceLayer', layer } } as const
}

/** Whether a layer only passes on what reaches it. */
export function isBypassed(layer: Pick<LayerNode, 'bypassed'>): boolean {
  return layer.bypassed === true
}

/** Whether arranging the drawing leaves a layer where it is. */
export function isPinned(layer: Pick<LayerNode, 'pinned'>): boolean {
  return layer.pinned === true
}
