import { notesOf } from '../../src-core/document/canvas-part.ts'
import type { Clip } from '../../src-core/document/clip.ts'
import { clipText, copyLayers, parseClip, pasteEdit } from '../../src-core/document/clip.ts'
import type { LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'
import { mark, t } from '../../src-core/language/t.ts'
import { canvas } from '../state/canvas-handle.ts'
import { offerDocument } from '../state/offered-document.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { notifyProblems } from '../ui/toast-store.ts'
import { gapBetweenColumns, gridSize, layerHeight, layerWidth } from './geometry.ts'
import { deleteEdit } from './selection-actions.ts'

const none: ReadonlySet<string> = new Set()

/** The selected layers as text for the clipboard; undefined when none is selected. */
export function copiedText(): string | undefined {
  const { drawing: document, selectedLayers, selectedNotes } = useProject.getState()
  const clip = document && copyLayers(document, selectedLayers, selectedNotes)
  return clip ? clipText(clip) : undefined
}

/** Deletes the selected layers after they were copied. */
export function deleteCut(): void {
  const { drawing: document, selectedLayers, selectedNotes } = useProject.getState()
  const edit = document && deleteEdit(document, selectedLayers, none, selectedNotes)
  const [only, ...others] = document?.layers.filter(({ id }) => selectedLayers.has(id)) ?? []
  if (!edit) return
  const label = !only
    ? t('Cut notes')
    : others.length === 0
      ? t('Cut {{name}}', { name: only.name })
      : t('Cut {{count, number}} layers', { count: others.length + 1 })
  dispatch(edit, { label })
}

/**
 * Adds the layers of a text from the clipboard and selects them. A whole document is offered; anything else is
 * explained and changes nothing.
 */
export function pasteText(text: string): void {
  const { drawing: document } = useProject.getState()
  if (!document) return
  const parsed = parseClip(text)
  if (!parsed.ok) notifyProblems(parsed.problems)
  else if (parsed.value.type === 'document') offerDocument(parsed.value.document)
  else addLayers(document, parsed.value.clip, pasteLabels)
}

/** Adds the layers of another document to the open one. */
export function addLayersOf(other: ModelDocument): void {
  const { drawing: document } = useProject.getState()
  if (document) addLayers(document, { ...other, notes: [...notesOf(other)] }, addLabels)
}

/** What undo calls it: notes alone, one layer, several. */
interface AddedLabels {
  readonly notes: string
  readonly one: string
  readonly several: (count: number) => string
}

const pasteLabels: AddedLabels = {
  notes: mark('Paste notes'),
  one: mark('Paste {{name}}'),
  several: (count) => t('Paste {{count, number}} layers', { count }),
}

const addLabels: AddedLabels = {
  notes: mark('Add notes'),
  one: mark('Add {{name}}'),
  several: (count) => t('Add {{count, number}} layers', { count }),
}

function addLayers(
  document: ModelDocument,
  clip: Pick<Clip, 'layers' | 'connections' | 'notes'>,
  labels: AddedLabels,
): void {
  const [only, ...others] = clip.layers
  const label = !only
    ? t(labels.notes)
    : others.length === 0
      ? t(labels.one, { name: only.name })
      : labels.several(clip.layers.length)
  const offset = offsetFor(document, [...clip.layers, ...(clip.notes ?? [])])
  const { edit, layerIds, noteIds } = pasteEdit(document, clip, { offset, label })
  dispatch(edit)
  useProject.getState().select(layerIds, [], noteIds)
  const [first] = layerIds
  if (first !== undefined) canvas()?.focus(first)
}

/** Copies stand this far from what they were copied from. */
const besideOriginal = 3 * gridSize

/** Beside the originals where they are in this drawing, and beside earlier copies; else in the middle of the view. */
function offsetFor(
  document: ModelDocument,
  layers: readonly Pick<LayerNode, 'position'>[],
): { x: number; y: number } {
  const places = new Set(
    [...document.layers, ...notesOf(document)].map(({ position }) => `${position.x},${position.y}`),
  )
  const taken = (by: number) =>
    layers.some(({ position }) => places.has(`${position.x + by},${position.y + by}`))
  if (taken(0)) {
    let by = besideOriginal
    while (taken(by)) by += besideOriginal
    return { x: by, y: by }
  }
  const centre = canvas()?.centre()
  if (!centre) return { x: 0, y: 0 }
  const xs = layers.map(({ position }) => position.x)
  const ys = layers.map(({ position }) => position.y)
  const middleX = (Math.min(...xs) + Math.max(...xs) + layerWidth) / 2
  const middleY = (Math.min(...ys) + Math.max(...ys) + layerHeight) / 2
  const snap = (value: number) => Math.round(value / gridSize) * gridSize
  const offset = { x: snap(centre.x - middleX), y: snap(centre.y - middleY) }
  while (covers(document, layers, offset)) offset.x += layerWidth + gapBetweenColumns
  return offset
}

function covers(
  document: ModelDocument,
  layers: readonly Pick<LayerNode, 'position'>[],
  offset: { readonly x: number; readonly y: number },
): boolean {
  return layers.some(({ position }) =>
    document.layers.some(
      (other) =>
        Math.abs(position.x + offset.x - other.position.x) < layerWidth &&
        Math.abs(position.y + offset.y - other.position.y) < layerHeight,
    ),
  )
}
