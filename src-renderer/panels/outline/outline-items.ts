import { layerFace } from '../../../src-core/document/blocks/layer-face.ts'
import { type Note, notesOf } from '../../../src-core/document/canvas-part.ts'
import { isBypassed } from '../../../src-core/document/layer-edits.ts'
import type { LayerNode, ModelDocument } from '../../../src-core/document/model-document.ts'
import { sentence } from '../../../src-core/language/sentence.ts'
import { t } from '../../../src-core/language/t.ts'
import type { Problem } from '../../../src-core/problems.ts'
import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { frameOfFrames, frameOfLayers, frameOfNotes } from '../../canvas/arranging/frames.ts'
import { describeLayer } from '../../canvas/flow-elements.ts'
import { firstLine } from '../../canvas/notes/note-text.ts'
import { readingOrder } from '../../canvas/reading-order.ts'
import type { CompileView } from '../../state/compile-view.ts'
import { formatCount, formatShape } from '../../ui/format.ts'

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
  /** Of a wire: whether it comes from the other layer or leads to it. */
  readonly direction?: 'from' | 'to'
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
    detail: bypassed ? t('{{kind}}, bypassed', { kind: label }) : label,
    shape: view?.outputShape ? formatShape(view.outputShape) : '',
    spoken: describeLayer(layer.name, label, view, bypassed),
    leadsTo: { layerId: layer.id },
    layer,
    errors,
    warnings: problems.length - errors,
    children: [
      ...wires.map((wire) => wireItem(layer, wire, compile)),
      ...problems.map((problem, index) => problemItem(layer, problem, index)),
    ],
  })
}

function problemItem({ id }: LayerNode, problem: Problem, index: number): OutlineItem {
  const message = sentence(problem.message)
  const isError = problem.severity === 'error'
  return item({
    key: `problem ${id} ${index}`,
    type: 'problem',
    label: message,
    spoken: isError ? t('Error: {{message}}', { message }) : t('Warning: {{message}}', { message }),
    leadsTo: { layerId: id },
    errors: isError ? 1 : 0,
    warnings: isError ? 0 : 1,
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
  const { name } = other
  return item({
    key: `wire ${direction} ${id} ${layer.id}`,
    type: 'wire',
    label: direction === 'from' ? t('from {{name}}', { name }) : t('to {{name}}', { name }),
    detail: shape ? formatShape(shape) : '',
    spoken: spokenWire(direction, name, shape),
    leadsTo: { layerId: other.id },
    direction,
  })
}

function spokenWire(direction: Wire['direction'], name: string, shape: Shape | undefined): string {
  const values = { name, shape: shape ? spokenShape(shape) : '' }
  if (direction === 'from') {
    return shape ? t('Wire from {{name}}, carries {{shape}}', values) : t('Wire from {{name}}', values)
  }
  return shape ? t('Wire to {{name}}, carries {{shape}}', values) : t('Wire to {{name}}', values)
}

/** Axis sizes in words. */
function spokenShape(shape: Shape): string {
  if (shape.length === 0) return formatShape(shape)
  return shape.map(formatCount).reduce((one, other) => t('{{one}} by {{other}}', { one, other }))
}

function noteItem(note: Note, children: readonly OutlineItem[]): OutlineItem {
  const title = firstLine(note.text)
  const isFrame = note.kind === 'frame'
  const empty = isFrame ? t('Empty frame') : t('Empty note')
  const spoken = isFrame ? t('Frame: {{title}}', { title }) : t('Note: {{title}}', { title })
  return item({
    key: `note ${note.id}`,
    type: note.kind,
    label: title === '' ? empty : title,
    detail: isFrame ? t('Frame') : t('Note'),
    spoken: title === '' ? empty : spoken,
    leadsTo: { noteId: note.id },
    children,
  })
}
