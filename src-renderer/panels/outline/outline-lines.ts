import { type Note, notesOf } from '../../../src-core/document/canvas-part.ts'
import type { LayerNode, ModelDocument } from '../../../src-core/document/model-document.ts'
import type { Problem } from '../../../src-core/problems.ts'
import { frameOfFrames, frameOfLayers, frameOfNotes } from '../../canvas/arranging/frames.ts'
import { readingOrder } from '../../canvas/reading-order.ts'

/** A line of the outline: what it stands for. What it says is made when it comes into sight; see outline-words.ts. */
export type OutlineLine = {
  /** Unique in the outline. */
  readonly key: string
  /** Key of the line that this one stands below; `rootKey` for the outermost ones. */
  readonly parent: string
} & (
  | { readonly type: 'layer'; readonly layer: LayerNode }
  | { readonly type: 'frame' | 'note'; readonly note: Note }
  | WireLine
  | { readonly type: 'problem'; readonly layerId: string; readonly problem: Problem }
)

interface WireLine {
  readonly type: 'wire'
  /** Whether it comes from the other layer or leads to it. */
  readonly direction: 'from' | 'to'
  /** Id of the layer whose output it carries. */
  readonly source: string
  readonly other: LayerNode
}

/** The lines of an outline and which stand below which. */
export interface OutlineLines {
  readonly lines: ReadonlyMap<string, OutlineLine>
  /** Keys of the lines below each line that has any, and below `rootKey`. */
  readonly below: ReadonlyMap<string, string[]>
}

/** What the outermost lines stand below. */
export const rootKey = 'outline'

/**
 * The model as a tree: layers along the flow, those in a frame below it, at the place of the first of them; below each layer its wires and what is wrong
 * with it. Everything that the canvas shows can be read here.
 */
export function outlineLines(
  document: ModelDocument,
  problemsOf: (layerId: string) => readonly Problem[],
): OutlineLines {
  const lines = new Map<string, OutlineLine>()
  const below = new Map<string, string[]>()
  const add = (line: OutlineLine) => {
    lines.set(line.key, line)
    const beside = below.get(line.parent)
    if (beside) beside.push(line.key)
    else below.set(line.parent, [line.key])
  }
  const wires = wiresOf(document)
  for (const line of groupedLines(document)) {
    add(line)
    if (line.type !== 'layer') continue
    const { key: parent, layer } = line
    for (const { id, wire } of wires.get(layer.id) ?? []) {
      add({ key: `wire ${wire.direction} ${id} ${layer.id}`, parent, ...wire })
    }
    for (const [index, problem] of problemsOf(layer.id).entries()) {
      add({ key: `problem ${layer.id} ${index}`, parent, type: 'problem', layerId: layer.id, problem })
    }
  }
  return { lines, below }
}

/** Layers, frames and notes, each after what stands before it. */
function groupedLines(document: ModelDocument): readonly OutlineLine[] {
  const notes = notesOf(document)
  const [layerFrames, noteFrames, outerFrames] = [
    frameOfLayers(document),
    frameOfNotes(notes),
    frameOfFrames(notes),
  ]
  const order = readingOrder(document)
  const places = new Map(order.map(({ id }, index) => [id, index]))
  const layersIn = Map.groupBy(order, ({ id }) => layerFrames.get(id))
  const framesIn = Map.groupBy(
    notes.filter(({ kind }) => kind === 'frame'),
    ({ id }) => outerFrames.get(id),
  )
  const looseIn = Map.groupBy(
    notes.filter(({ kind }) => kind === 'note'),
    ({ id }) => noteFrames.get(id),
  )
  const inside = (frameId: string | undefined): Group => {
    const parent = frameId === undefined ? rootKey : noteKey(frameId)
    const layers = (layersIn.get(frameId) ?? []).map((layer): Group => {
      const line: OutlineLine = { key: `layer ${layer.id}`, parent, type: 'layer', layer }
      return { lines: [line], place: places.get(layer.id) ?? 0 }
    })
    const frames = (framesIn.get(frameId) ?? []).map((note): Group => {
      const { lines, place } = inside(note.id)
      return { lines: [noteLine(note, parent), ...lines], place }
    })
    const entries = [...layers, ...frames].toSorted((one, other) => one.place - other.place)
    const loose = (looseIn.get(frameId) ?? []).map((note) => noteLine(note, parent))
    return {
      lines: [...entries.flatMap(({ lines }) => lines), ...loose],
      place: entries[0]?.place ?? order.length,
    }
  }
  return inside(undefined).lines
}

interface Group {
  readonly lines: readonly OutlineLine[]
  /** Of a frame that of the first layer in it; empty ones come last. */
  readonly place: number
}

function noteKey(id: string): string {
  return `note ${id}`
}

function noteLine(note: Note, parent: string): OutlineLine {
  return { key: noteKey(note.id), parent, type: note.kind, note }
}

interface WireAtLayer {
  readonly id: string
  readonly wire: WireLine
}

/** The wires at each layer, by its id: first those that come in. */
function wiresOf(document: ModelDocument): ReadonlyMap<string, readonly WireAtLayer[]> {
  const byId = new Map(document.layers.map((layer) => [layer.id, layer]))
  const wires = new Map(document.layers.map(({ id }): [string, WireAtLayer[]] => [id, []]))
  for (const { id, source, target } of document.connections) {
    const from = byId.get(source)
    if (from) wires.get(target)?.push({ id, wire: { type: 'wire', direction: 'from', source, other: from } })
  }
  for (const { id, source, target } of document.connections) {
    const to = byId.get(target)
    if (to) wires.get(source)?.push({ id, wire: { type: 'wire', direction: 'to', source, other: to } })
  }
  return wires
}

/** Whether two lines say and do the same. */
export function sameLine(one: OutlineLine, other: OutlineLine): boolean {
  return one === other || sameFields({ ...one }, { ...other })
}

function sameFields(
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}

/** Keys of the lines that are open: frames until they are closed; layers, whose wires would make the list long, once they are opened. */
export function openLines({ lines }: OutlineLines, toggled: ReadonlySet<string>): string[] {
  return [...lines.values()]
    .filter(({ key, type }) => (type === 'frame') !== toggled.has(key))
    .map(({ key }) => key)
}

/** The line that stands for another in sight: itself, or the outermost closed one that it is below; null when it is gone. */
export function lineInSight(
  { lines }: OutlineLines,
  open: ReadonlySet<string>,
  key: string | null,
): string | null {
  let line = key === null ? undefined : lines.get(key)
  let inSight = line?.key ?? null
  while (line && line.parent !== rootKey) {
    if (!open.has(line.parent)) inSight = line.parent
    line = lines.get(line.parent)
  }
  return inSight
}
