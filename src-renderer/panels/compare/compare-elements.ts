import type { Edge, Node } from 'reactflow'
import { type LayerFace, layerFace } from '../../../src-core/document/blocks/layer-face.ts'
import { directionOf, type FlowDirection } from '../../../src-core/document/canvas-part.ts'
import type { DocumentDiff, LayerDifference } from '../../../src-core/document/diff.ts'
import { matchLayers } from '../../../src-core/document/match-layers.ts'
import type { LayerNode, ModelDocument } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import { gapBetweenColumns, layerHeight, layerWidth } from '../../canvas/geometry.ts'
import { portPlaces } from '../../canvas/port-places.ts'
import type { Comparison } from '../../state/compare-store.ts'

export type CompareMark = 'added' | 'removed' | 'changed' | 'same'

export type CompareNode = Node<
  {
    readonly layer: LayerNode
    readonly mark: CompareMark
    readonly face: LayerFace | undefined
    readonly direction: FlowDirection
  },
  'compare'
>

/** The id under which the compare view draws a layer that only the document before has. */
export function removedId(layer: LayerNode): string {
  return `removed ${layer.id}`
}

/** What the compare view calls the layer of a difference. */
export function nodeIdOf(difference: LayerDifference): string {
  return difference.type === 'removed' ? removedId(difference.before) : difference.after.id
}

/** Both documents as one drawing: the later one, and what is gone from it beside its old places. */
export function compareElements({ before, after, diff }: Comparison): {
  readonly nodes: CompareNode[]
  readonly edges: Edge[]
} {
  const { removed, pairs } = matchLayers(before.document, after.document)
  const marks = new Map(diff.layers.map((difference) => [nodeIdOf(difference), difference.type]))
  const direction = directionOf(after.document)
  const nodes = [
    ...after.document.layers.map((layer) =>
      node(after.document, layer.id, layer, marks.get(layer.id) ?? 'same', direction),
    ),
    ...removed.map((layer) => node(before.document, removedId(layer), aside(layer), 'removed', direction)),
  ]
  const idsBefore = new Map([
    ...removed.map((layer): [string, string] => [layer.id, removedId(layer)]),
    ...pairs.map((pair): [string, string] => [pair.before.id, pair.after.id]),
  ])
  return { nodes: besideEachOther(nodes), edges: edges(after.document.connections, diff, idsBefore) }
}

function node(
  document: ModelDocument,
  id: string,
  layer: LayerNode,
  mark: CompareMark,
  direction: FlowDirection,
): CompareNode {
  const face = layerFace(document, layer.kind)
  return {
    id,
    type: 'compare',
    position: layer.position,
    data: { layer, mark, face, direction },
    measured: { width: layerWidth, height: layerHeight },
    handles: portPlaces(face, direction),
    ariaLabel: spoken(layer.name, mark),
  }
}

function spoken(name: string, mark: CompareMark): string {
  switch (mark) {
    case 'added':
      return t('{{layer}}, added', { layer: name })
    case 'removed':
      return t('{{layer}}, removed', { layer: name })
    case 'changed':
      return t('{{layer}}, changed', { layer: name })
    default:
      return name
  }
}

/** Beside its old place, through which a new wire may lead now. */
function aside(layer: LayerNode): LayerNode {
  return { ...layer, position: { ...layer.position, x: layer.position.x + layerWidth + gapBetweenColumns } }
}

/** A removed layer where another one stands moves on. */
function besideEachOther(nodes: readonly CompareNode[]): CompareNode[] {
  const placed: CompareNode[] = []
  for (const each of nodes) {
    const { y } = each.position
    let { x } = each.position
    while (
      placed.some(
        ({ position }) => Math.abs(position.x - x) < layerWidth && Math.abs(position.y - y) < layerHeight,
      )
    ) {
      x += layerWidth + gapBetweenColumns
    }
    placed.push({ ...each, position: { x, y } })
  }
  return placed
}

function edges(
  connections: Comparison['after']['document']['connections'],
  { wires }: DocumentDiff,
  idsBefore: ReadonlyMap<string, string>,
): Edge[] {
  const added = new Set(wires.flatMap((wire) => (wire.type === 'added' ? [wire.connection.id] : [])))
  const kept = connections.map((wire): Edge => {
    const isNew = added.has(wire.id)
    return {
      id: wire.id,
      source: wire.source,
      sourceHandle: wire.sourcePort,
      target: wire.target,
      targetHandle: wire.targetPort,
      className: isNew ? 'compare-wire compare-wire--added' : 'compare-wire',
      ...(isNew && { label: t('+ added') }),
    }
  })
  const gone = wires.flatMap((wire): Edge[] => {
    if (wire.type !== 'removed') return []
    const { connection } = wire
    return [
      {
        id: `removed ${connection.id}`,
        source: idsBefore.get(connection.source) ?? connection.source,
        sourceHandle: connection.sourcePort,
        target: idsBefore.get(connection.target) ?? connection.target,
        targetHandle: connection.targetPort,
        className: 'compare-wire compare-wire--removed',
        label: t('− removed'),
      },
    ]
  })
  return [...kept, ...gone]
}
