import { blocksOf } from './blocks/block-kinds.ts'
import { directionOf, notesOf } from './canvas-part.ts'
import type { Edit } from './edits.ts'
import { matchLayers } from './match-layers.ts'
import type {
  BlockDefinition,
  Connection,
  DatasetBinding,
  LayerNode,
  ModelDocument,
} from './model-document.ts'

/**
 * Edits that make one document of another, keeping the ids of the layers that are in both: the selection, runs and undo go on
 * meaning the same layers. Applied to `before` they give `after` up to ids. Undefined where a document has two layers
 * with one id, which no edit can tell apart.
 */
export function editsBetween(before: ModelDocument, after: ModelDocument): readonly Edit[] | undefined {
  if (!hasUniqueIds(before) || !hasUniqueIds(after)) return undefined
  const { pairs } = matchLayers(before, after)
  const kept = new Map(pairs.map((pair) => [pair.after.id, pair.before.id]))
  const ids = newIds(after.layers, kept, new Set(before.layers.map(({ id }) => id)))
  const layers = after.layers.map((layer) => ({ ...layer, id: ids.get(layer.id) ?? layer.id }))
  const connections = after.connections.map((connection) => ({
    ...connection,
    source: ids.get(connection.source) ?? connection.source,
    target: ids.get(connection.target) ?? connection.target,
  }))
  return [
    ...textEdits(before, after),
    ...blockEdits(before, after),
    ...rewire(before, before.layers, layers, connections),
    ...canvasEdits(before, after),
    { type: 'setDataset', dataset: withIds(after.dataset, ids) },
    { type: 'setTraining', training: after.training },
  ]
}

function hasUniqueIds({ layers, connections }: ModelDocument): boolean {
  const unique = (list: readonly { readonly id: string }[]) =>
    new Set(list.map(({ id }) => id)).size === list.length
  return unique(layers) && unique(connections)
}

/** New layers keep their ids where these are free. */
function newIds(
  layers: readonly LayerNode[],
  kept: ReadonlyMap<string, string>,
  taken: Set<string>,
): ReadonlyMap<string, string> {
  const ids = new Map(kept)
  for (const { id } of layers) {
    if (ids.has(id)) continue
    let free = id
    for (let number = 2; taken.has(free); number++) free = `${id.slice(0, 180)}_${number}`
    taken.add(free)
    ids.set(id, free)
  }
  return ids
}

function textEdits(before: ModelDocument, after: ModelDocument): Edit[] {
  const edits: Edit[] = []
  if (before.name !== after.name) edits.push({ type: 'setDocumentName', name: after.name })
  if (before.description !== after.description) {
    edits.push({ type: 'setDescription', description: after.description })
  }
  return edits
}

/** Blocks are replaced where they differ: what uses them goes by their ids. */
function blockEdits(before: ModelDocument, after: ModelDocument): Edit[] {
  const text = (block: BlockDefinition | undefined) => JSON.stringify(block)
  const old = new Map(blocksOf(before).map((block) => [block.id, block]))
  const next = new Map(blocksOf(after).map((block) => [block.id, block]))
  const gone = [...old.values()].filter((block) => text(block) !== text(next.get(block.id)))
  const added = blocksOf(after).flatMap((block, index): Edit[] =>
    text(block) === text(old.get(block.id)) ? [] : [{ type: 'addBlock', block, index }],
  )
  return [...gone.map(({ id }): Edit => ({ type: 'removeBlock', blockId: id })), ...added]
}

/** All wires go first and come back last: their order is part of the document. */
function rewire(
  before: ModelDocument,
  old: readonly LayerNode[],
  layers: readonly LayerNode[],
  connections: readonly Connection[],
): Edit[] {
  const ids = new Set(layers.map(({ id }) => id))
  const known = new Map(old.map((layer) => [layer.id, layer]))
  return [
    ...before.connections.map(({ id }): Edit => ({ type: 'disconnect', connectionId: id })),
    ...old.filter(({ id }) => !ids.has(id)).map(({ id }): Edit => ({ type: 'removeLayer', layerId: id })),
    ...layers.flatMap((layer, index): Edit[] => {
      const was = known.get(layer.id)
      if (!was) return [{ type: 'addLayer', layer, index }]
      return JSON.stringify(was) === JSON.stringify(layer) ? [] : [{ type: 'replaceLayer', layer }]
    }),
    ...connections.map((connection): Edit => ({ type: 'connect', connection })),
  ]
}

/** Notes go and come back as wires do: their order is which lies above which. */
function canvasEdits(before: ModelDocument, after: ModelDocument): Edit[] {
  const [old, next] = [notesOf(before), notesOf(after)]
  const same = JSON.stringify(old) === JSON.stringify(next)
  return [
    { type: 'setDirection', direction: directionOf(after) },
    ...(same
      ? []
      : [
          ...old.map(({ id }): Edit => ({ type: 'removeNote', noteId: id })),
          ...next.map((note): Edit => ({ type: 'addNote', note })),
        ]),
  ]
}

function withIds(dataset: DatasetBinding | null, ids: ReadonlyMap<string, string>): DatasetBinding | null {
  if (!dataset) return null
  const named = (columns: Readonly<Record<string, string[]>>) =>
    Object.fromEntries(Object.entries(columns).map(([id, list]) => [ids.get(id) ?? id, list]))
  return { ...dataset, inputs: named(dataset.inputs), targets: named(dataset.targets) }
}
