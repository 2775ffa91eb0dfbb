import type { Expansion } from '../compile/blocks/expansion.ts'
import { repeatsOf } from '../document/blocks/block-kinds.ts'
import { firstFree } from '../document/new-elements.ts'
import { kindLabel } from './layer-text.ts'
import { mermaidText } from './mermaid-text.ts'

/** A block of a diagram: a frame around its layers and around the blocks inside. */
export interface BlockFrame {
  /** The expanded id of the block layer. */
  readonly id: string
  readonly label: string
  readonly layerIds: ReadonlySet<string>
  /** How many blocks it stands in. */
  readonly depth: number
}

/** The blocks of an expanded document that hold layers. */
export function blockFrames({ blocks, document }: Expansion): BlockFrame[] {
  return [...blocks].flatMap(([id, { node, origin, layerIds }]) => {
    if (layerIds.length === 0) return []
    const times = repeatsOf(node) > 1 ? ` × ${repeatsOf(node)}` : ''
    const kind = kindLabel(node.kind, document)
    const label = (node.name === kind ? node.name : `${node.name} · ${kind}`) + times
    return [{ id, label, layerIds: new Set(layerIds), depth: origin.path.length - 1 }]
  })
}

/** An id for each frame that no node has. */
export function idsOfFrames(
  frames: readonly BlockFrame[],
  used: ReadonlySet<string>,
): ReadonlyMap<BlockFrame, string> {
  const taken = new Set(used)
  return new Map(
    frames.map((frame) => {
      const id = firstFree('frame', (candidate) => taken.has(candidate))
      taken.add(id)
      return [frame, id]
    }),
  )
}

/** The lines of all nodes in their order, each inside the frames of the blocks that hold it. */
export function framedLines(
  layerIds: readonly string[],
  frames: readonly BlockFrame[],
  nodeText: (layerId: string) => string,
  ids: ReadonlyMap<BlockFrame, string>,
): string[] {
  const around = new Map<string, BlockFrame[]>()
  for (const frame of frames.toSorted((one, other) => one.depth - other.depth)) {
    for (const id of frame.layerIds) around.set(id, [...(around.get(id) ?? []), frame])
  }
  const open: BlockFrame[] = []
  const lines: string[] = []
  const indent = () => '  '.repeat(open.length + 1)
  const close = (down: number) => {
    while (open.length > down) {
      open.pop()
      lines.push(`${indent()}end`)
    }
  }
  // The layers of a block stand next to each other, so a frame that was closed is never opened again.
  for (const id of layerIds) {
    const wanted = around.get(id) ?? []
    const same = wanted.findIndex((frame, depth) => open[depth] !== frame)
    close(same === -1 ? wanted.length : same)
    for (const frame of wanted.slice(open.length)) {
      lines.push(`${indent()}subgraph ${ids.get(frame)}["${mermaidText(frame.label)}"]`)
      open.push(frame)
    }
    lines.push(indent() + nodeText(id))
  }
  close(0)
  return lines
}

/** The look of frames, for all of them. */
export function frameStyle(ids: readonly string[]): string[] {
  if (ids.length === 0) return []
  return [
    '  classDef frame fill:transparent,stroke:#6366f1,stroke-dasharray:6 3',
    `  class ${ids.join(',')} frame`,
  ]
}
