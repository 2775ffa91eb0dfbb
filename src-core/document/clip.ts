import { z } from 'zod'
import { failure, problem, type Result, success } from '../problems.ts'
import { adoptBlocks, usedBlocks } from './blocks/adopt-blocks.ts'
import { blockIdOf } from './blocks/block-kinds.ts'
import { type Note, noteSchema, notesOf } from './canvas-part.ts'
import type { Edit } from './edits.ts'
import {
  blockDefinitionSchema,
  type Connection,
  connectionSchema,
  documentFormat,
  type LayerNode,
  layerNodeSchema,
  type ModelDocument,
} from './model-document.ts'
import { firstFree, newConnection, snakeCase } from './new-elements.ts'
import { deepestNesting, nestsDeeperThan, readDocument } from './parse.ts'

export const clipFormat = 'layerloom-layers'
/** Version 2 has blocks; layers without any are still copied as version 1. */
export const clipVersion = 2

const clipSchema = z
  .object({
    format: z.literal(clipFormat),
    version: z.literal([1, clipVersion]),
    layers: z.array(layerNodeSchema),
    /** Wires among these layers. */
    connections: z.array(connectionSchema),
    /** What the layers that are blocks consist of. */
    blocks: z.array(blockDefinitionSchema).optional(),
    /** Left out where none was copied. */
    notes: z.array(noteSchema).optional(),
  })
  .refine(({ layers, notes = [] }) => layers.length + notes.length > 0, 'there is nothing in it')

/** Layers and notes on their way through the clipboard: plain JSON that another project or window can read. */
export type Clip = z.output<typeof clipSchema>

const none: ReadonlySet<string> = new Set()

/** The chosen layers and notes in document order, with the wires among them; undefined when none is in the document. */
export function copyLayers(
  document: ModelDocument,
  layerIds: ReadonlySet<string>,
  noteIds: ReadonlySet<string> = none,
): Clip | undefined {
  const layers = document.layers.filter(({ id }) => layerIds.has(id))
  const notes = notesOf(document).filter(({ id }) => noteIds.has(id))
  if (layers.length + notes.length === 0) return undefined
  const connections = document.connections.filter(
    ({ source, target }) => layerIds.has(source) && layerIds.has(target),
  )
  const used = usedBlocks(document, layers)
  return {
    format: clipFormat,
    version: used.length === 0 ? 1 : clipVersion,
    layers,
    connections,
    ...(used.length > 0 && { blocks: used }),
    ...(notes.length > 0 && { notes }),
  }
}

/** The text for the system's clipboard. */
export function clipText(clip: Clip): string {
  return `${JSON.stringify(clip, null, 2)}\n`
}

/** What a text from the clipboard holds: layers that were copied, or a whole document. */
export type Pasted =
  | { readonly type: 'layers'; readonly clip: Clip }
  | { readonly type: 'document'; readonly document: ModelDocument }

const hint = 'Copy layers on a canvas first, then paste them here. Nothing was changed.'

/**
 * Reads a text from the clipboard. Runs nothing of it. Problems: `clipboard.foreign` for what is neither layers nor a
 * document, those of readDocument for a document that cannot be read; one problem at most.
 */
export function parseClip(text: string): Result<Pasted> {
  const json = parseObject(text)
  if (json === undefined) {
    const what = text.trim() === '' ? 'no text' : 'text that is not from LayerLoom'
    return foreign(`The clipboard holds ${what}, so there are no layers to paste.`)
  }
  if (nestsDeeperThan(json, deepestNesting)) {
    return foreign(`The clipboard nests values more than ${deepestNesting} levels deep.`)
  }
  if (json.format === documentFormat) {
    const read = readDocument(json)
    return read.ok
      ? success({ type: 'document', document: read.value })
      : failure(...read.problems.slice(0, 1))
  }
  if (json.format !== clipFormat) return foreign('The clipboard holds JSON, but no layers of LayerLoom.')
  if (typeof json.version === 'number' && json.version > clipVersion) {
    return foreign('The layers in the clipboard were copied from a newer LayerLoom.')
  }
  const parsed = clipSchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.map(String).join('.') ?? ''
    return foreign(`The layers in the clipboard are damaged at "${where}": ${issue?.message ?? ''}.`)
  }
  return success({ type: 'layers', clip: parsed.data })
}

function foreign(message: string) {
  return failure(problem('clipboard.foreign', message, { hint }))
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return z.record(z.string(), z.unknown()).safeParse(json).data
  } catch {
    return undefined
  }
}

export interface PasteOptions {
  /** Added to every position. */
  readonly offset: { readonly x: number; readonly y: number }
  /** What undo calls it. */
  readonly label: string
}

export interface PastedLayers {
  readonly edit: Edit
  /** The ids that the layers got, in the clip's order. */
  readonly layerIds: readonly string[]
  readonly noteIds: readonly string[]
}

/**
 * The edit that adds copied layers, the wires among them, and notes. Ids and names that are free stay; others become the
 * next free ones of the kind, as for new layers. Copies are not pinned: their place is not one that was chosen.
 */
export function pasteEdit(
  document: ModelDocument,
  clip: Pick<Clip, 'layers' | 'connections' | 'blocks' | 'notes'>,
  { offset, label }: PasteOptions,
): PastedLayers {
  const taken = new Set(document.layers.flatMap(({ id, name }) => [id, name]))
  const newIds = new Map<string, string>()
  const blocks = adoptBlocks(document, clip.blocks ?? [])
  const added = clip.layers.flatMap((original): LayerNode[] => {
    // Two layers of one id cannot be told apart by wires: the first counts.
    if (newIds.has(original.id)) return []
    const layer = renamed({ ...original, kind: blocks.kindOf(original.kind) }, taken, offset)
    newIds.set(original.id, layer.id)
    return [layer]
  })
  const wires = wiresAmong(document, clip.connections, newIds)
  const notes = pastedNotes(document, clip.notes ?? [], offset)
  return {
    edit: {
      type: 'group',
      label,
      edits: [
        ...blocks.edits,
        ...added.map((layer): Edit => ({ type: 'addLayer', layer })),
        ...wires.map((connection): Edit => ({ type: 'connect', connection })),
        ...notes.map((note): Edit => ({ type: 'addNote', note })),
      ],
    },
    layerIds: added.map(({ id }) => id),
    noteIds: notes.map(({ id }) => id),
  }
}

/** A block keeps its name up to the number; `block:…` is no name. */
function freeBase({ kind, name }: LayerNode): string {
  return blockIdOf(kind) === undefined ? snakeCase(kind) : name.replace(/_\d+$/, '').slice(0, 190) || 'block'
}

/** A copy under a free id and name; notes both in `taken`. */
function renamed(original: LayerNode, taken: Set<string>, offset: PasteOptions['offset']): LayerNode {
  const free = !taken.has(original.id) && !taken.has(original.name)
  const id = free ? original.id : firstFree(freeBase(original), (name) => taken.has(name))
  const name = free || !taken.has(original.name) ? original.name : id
  taken.add(id).add(name)
  const position = { x: original.position.x + offset.x, y: original.position.y + offset.y }
  const { pinned: _, ...copy } = structuredClone(original)
  return { ...copy, id, name, position }
}

function pastedNotes(
  document: ModelDocument,
  notes: readonly Note[],
  offset: PasteOptions['offset'],
): Note[] {
  const taken = new Set(notesOf(document).map(({ id }) => id))
  return notes.map((note) => {
    const id = taken.has(note.id) ? firstFree(note.kind, (name) => taken.has(name)) : note.id
    taken.add(id)
    return { ...note, id, position: { x: note.position.x + offset.x, y: note.position.y + offset.y } }
  })
}

function wiresAmong(
  document: ModelDocument,
  connections: readonly Connection[],
  newIds: ReadonlyMap<string, string>,
): Connection[] {
  const taken = new Set<string>()
  return connections.flatMap((wire) => {
    const source = newIds.get(wire.source)
    const target = newIds.get(wire.target)
    if (source === undefined || target === undefined) return []
    const { sourcePort, targetPort } = wire
    const connection = newConnection(document, { source, sourcePort, target, targetPort }, taken)
    taken.add(connection.id)
    return [connection]
  })
}
