import type { BlockDefinition, LayerNode, ModelDocument } from '../model-document.ts'

/** The layers of a block that are its ports. They stand in no other drawing and in no palette. */
export const blockInputKind = 'blockInput'
export const blockOutputKind = 'blockOutput'

/** The port that wires inside a block use at its own port layers. */
export const outputOfBlockInput = 'output'
export const inputOfBlockOutput = 'input'

const prefix = 'block:'

/** The kind of layers that are this block. */
export function blockKind(blockId: string): string {
  return prefix + blockId
}

/** The id of the block that a kind names; undefined for a kind of layer. */
export function blockIdOf(kind: string): string | undefined {
  return kind.startsWith(prefix) ? kind.slice(prefix.length) : undefined
}

export function isPortKind(kind: string): boolean {
  return kind === blockInputKind || kind === blockOutputKind
}

export type WithBlocks = Pick<ModelDocument, 'blocks'>

export function blocksOf(document: WithBlocks): readonly BlockDefinition[] {
  return document.blocks ?? []
}

/** The block that a kind names, where the document defines it. */
export function blockOfKind(document: WithBlocks, kind: string): BlockDefinition | undefined {
  const id = blockIdOf(kind)
  return id === undefined ? undefined : blocksOf(document).find((block) => block.id === id)
}

/** The layers that are a block's inputs or outputs, in the order of its ports. */
export function portLayers(block: Pick<BlockDefinition, 'layers'>, side: 'inputs' | 'outputs'): LayerNode[] {
  const kind = side === 'inputs' ? blockInputKind : blockOutputKind
  return block.layers.filter((layer) => layer.kind === kind)
}

/** Whether blocks of this definition can stand in a row: what comes out of one goes into the next. */
export function canRepeat(block: Pick<BlockDefinition, 'layers'>): boolean {
  return portLayers(block, 'inputs').length === 1 && portLayers(block, 'outputs').length === 1
}

/** How often a layer stands in a row. */
export function repeatsOf(layer: Pick<LayerNode, 'repeat'>): number {
  return layer.repeat ?? 1
}

/** Ids of the blocks that a block is made of, itself included. */
export function blocksWithin(document: WithBlocks, blockId: string): ReadonlySet<string> {
  const byId = new Map(blocksOf(document).map((block) => [block.id, block]))
  const found = new Set([blockId])
  // A set walks entries that are added while it is walked.
  for (const id of found) {
    for (const { kind } of byId.get(id)?.layers ?? []) {
      const inner = blockIdOf(kind)
      if (inner !== undefined) found.add(inner)
    }
  }
  return found
}

/** How many layers of the whole document, those inside of blocks included, are this block. */
export function usesOf(document: Pick<ModelDocument, 'blocks' | 'layers'>, blockId: string): number {
  const kind = blockKind(blockId)
  return [document, ...blocksOf(document)]
    .flatMap(({ layers }) => layers)
    .filter((layer) => layer.kind === kind).length
}
