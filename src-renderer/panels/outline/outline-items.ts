import { layerFace } from '../../../src-core/document/blocks/layer-face.ts'
import { type Note, notesOf } from '../../../src-core/document/canvas-part.ts'
import { isBypassed } from '../../../src-core/document/layer-edits.ts'
import type { LayerNode, ModelDocument } from '../../../src-core/document/model-document.ts'
import { frameOfFrames, frameOfLayers, frameOfNotes } from '../../canvas/arranging/frames.ts'
import { describeLayer } from '../../canvas/flow-elements.ts'
import { firstLine } from '../../canvas/notes/note-text.ts'
import { readingOrder } from '../../canvas/reading-order.ts'
import type { CompileView } from '../../state/compile-view.ts'
import { formatShape } from '../../ui/format.ts'

/** A line of the outline and what stands below it. */
export interface OutlineItem {
  /** Unique in the outline. */
  readonly key: string
  readonly type: 'layer' | 'frame' | 'note' | 'wire' | 'problem'
  readonly label: string
  /** Beside the label, quieter: the kind, or the shape on a wire. */
  readonly detail: string
  /** What the layer gives; empty for other lines and while it is unknown. */
  readonly shape: string
  /** What a screen reader says. */
  readonly spoken: string
  /** What choosing the line selects and brings into the middle. */
  readonly leadsTo: { readonly layerId: string } | { readonly noteId: string }
  readonly layer?: LayerNode
  readonly errors: number
  readonly warnings: number
  readonly children: readonly OutlineItem[]
}

type Leaf = Pick<OutlineItem, 'key' | 'type' | 'label' | 'spoken' | 'leadsTo'> & Partial<OutlineItem>

function item(parts: Leaf): OutlineItem {
  return { detail: '', shape: '', errors: 0, warnings: 0, children: [], ...parts }
}

/**
 * The model as a tree: layers along the flow, those in a frame below it, at the place of the first of them; below each layer its wires and what is wrong
 * with it. Everything that the canvas shows can be read here.
 */
export function outlineItems(document: ModelDocument, compile: CompileView): readonly OutlineItem[] {
  const notes = notesOf(document)
  const [layerFrames, noteFrames, outerFrames] = [
    frameOfLayers(document),
    frameOfNotes(notes),
    frameOfFrames(notes),
  ]
  const wires = wiresOf(document)
  const order = readingOrder(document)
  const places = new Map(order.map(({ id }, index) => [id, index]))
  /** Of a frame that of the first layer in it; empty ones come last. */
  const placeOf = ({ layer, children }: OutlineItem): number =>
    layer ? (places.get(layer.id) ?? 0) : Math.min(...children.map(placeOf), order.length)
  const below = (frameId: string | undefined): OutlineItem[] => {
    const layers = order
      .filter(({ id }) => layerFrames.get(id) === frameId)
      .map((layer) => layerItem(document, layer, compile, wires.get(layer.id) ?? []))
    const frames = notes.filter(({ id, kind }) => kind === 'frame' && outerFrames.get(id) === frameId)
    const loose = notes.filter(({ id, kind }) => kind === 'note' && noteFrames.get(id) === frameId)
    const entries = [...layers, ...frames.map((frame) => noteItem(frame, below(frame.id)))]
    return [
      ...entries.toSorted((one, other) => placeOf(one) - placeOf(other)),
      ...loose.map((note) => noteItem(note, [])),
    ]
  }
  return below(undefined)
}

function layerItem(
  document: ModelDocument,
  layer: LayerNode,
  compile: CompileView,
  wires: readonly Wire[],
): OutlineItem {
  const view = compile.layers.get(layer.id)
  const problems = view?.problems ?? []
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const bypassed = isBypassed(layer)
  const label = layerFace(document, layer.kind)?.label ?? layer.kind
  return item({
    key: `layer ${layer.id}`,
    type: 'layer',
    label: layer.name,
    detail: `${label}${bypassed ? ', bypassed' : ''}`,
    shape: view?.outputShape ? formatShape(view.outputShape) : '',
    spoken: describeLayer(layer.name, label, view, bypassed),
    leadsTo: { layerId: layer.id },
    layer,
    errors,
    warnings: problems.length - errors,
    children: [
      ...wires.map((wire) => wireItem(layer, wire, compile)),
      ...problems.map(({ message, severity }, index) =>
        item({
          key: `problem ${layer.id} ${index}`,
          type: 'problem',
          label: message,
          spoken: `${severity === 'error' ? 'Error' : 'Warning'}: ${message}`,
          leadsTo: { layerId: layer.id },
          errors: severity === 'error' ? 1 : 0,
          warnings: severity === 'error' ? 0 : 1,
        }),
      ),
    ],
  })
}

interface Wire {
  readonly id: string
  readonly direction: 'from' | 'to'
  readonly other: LayerNode
}

function wiresOf(document: ModelDocument): ReadonlyMap<string, readonly Wire[]> {
  const byId = new Map(document.layers.map((layer) => [layer.id, layer]))
  const wires = new Map(document.layers.map(({ id }): [string, Wire[]] => [id, []]))
  for (const { id, source, target } of document.connections) {
    const [from, to] = [byId.get(source), byId.get(target)]
    if (from) wires.get(target)?.push({ id, direction: 'from', other: from })
    if (to) wires.get(source)?.push({ id, direction: 'to', other: to })
  }
  for (const list of wires.values()) list.sort((one, other) => rank(one) - rank(other))
  return wires
}

function rank({ direction }: Wire): number {
  return direction === 'from' ? 0 : 1
}

function wireItem(layer: LayerNode, { id, direction, other }: Wire, compile: CompileView): OutlineItem {
  const shape = compile.layers.get(direction === 'from' ? other.id : layer.id)?.outputShape
  const text = shape ? formatShape(shape) : ''
  return item({
    key: `wire ${direction} ${id} ${layer.id}`,
    type: 'wire',
    label: `${direction} ${other.name}`,
    detail: text,
    spoken: `Wire ${direction} ${other.name}${text === '' ? '' : `, carries ${text.replaceAll('×', 'by')}`}`,
    leadsTo: { layerId: other.id },
  })
}

function noteItem(note: Note, children: readonly OutlineItem[]): OutlineItem {
  const title = firstLine(note.text)
  const kind = note.kind === 'frame' ? 'Frame' : 'Note'
  return item({
    key: `note ${note.id}`,
    type: note.kind,
    label: title === '' ? `Empty ${note.kind}` : title,
    detail: kind,
    spoken: title === '' ? `Empty ${note.kind}` : `${kind}: ${title}`,
    leadsTo: { noteId: note.id },
    children,
  })
}
