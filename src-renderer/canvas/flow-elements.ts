import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { layerDefinition } from '../../src-core/layers/catalogue.ts'
import type { CompileView, LayerView } from '../state/compile-view.ts'
import { formatCount, formatShape } from '../ui/format.ts'
import { detours } from './detours.ts'
import type { LayerFlowNode, WireFlowEdge } from './flow-types.ts'
import { readingOrder } from './reading-order.ts'

/**
 * React Flow's nodes for a document. Nodes that look the same as before stay the same objects, which React Flow and
 * React then leave alone; while a node is dragged its own position counts.
 */
export function flowNodes(
  document: ModelDocument,
  selected: ReadonlySet<string>,
  compile: CompileView,
  before: readonly LayerFlowNode[],
): LayerFlowNode[] {
  const old = new Map(before.map((node) => [node.id, node]))
  const nodes = readingOrder(document).map((layer): LayerFlowNode => {
    const known = old.get(layer.id)
    const isSelected = selected.has(layer.id)
    const ariaLabel = describeLayer(layer.name, layer.kind, compile.layers.get(layer.id))
    const unchanged =
      known !== undefined &&
      known.data.layer === layer &&
      known.selected === isSelected &&
      known.ariaLabel === ariaLabel
    if (unchanged) return known
    const position = known?.dragging ? known.position : layer.position
    const data = known?.data.layer === layer ? known.data : { layer }
    return { ...known, id: layer.id, type: 'layer', data, position, selected: isSelected, ariaLabel }
  })
  return nodes
}

/** What a screen reader says about a layer on the canvas. */
export function describeLayer(name: string, kind: string, view: LayerView | undefined): string {
  const parts = [`${name}, ${layerDefinition(kind)?.label ?? `unknown kind ${kind}`}`]
  if (view?.outputShape) parts.push(`gives ${formatShape(view.outputShape).replaceAll('×', 'by')}`)
  if (view?.parameterCount) parts.push(`${formatCount(view.parameterCount)} parameters`)
  const count = view?.problems.length ?? 0
  if (count > 0) parts.push(count === 1 ? '1 problem' : `${count} problems`)
  return parts.join(', ')
}

/** React Flow's edges for a document; unchanged ones stay the same objects. */
export function flowEdges(
  document: ModelDocument,
  selected: ReadonlySet<string>,
  before: readonly WireFlowEdge[],
): WireFlowEdge[] {
  const old = new Map(before.map((edge) => [edge.id, edge]))
  const byId = new Map(document.layers.map((layer) => [layer.id, layer]))
  const around = detours(document)
  return document.connections.flatMap((connection): WireFlowEdge[] => {
    const source = byId.get(connection.source)
    const target = byId.get(connection.target)
    // A wire to nowhere cannot be drawn; the problems panel names it.
    if (!source || !target || !hasPort(source.kind, 'outputs', connection.sourcePort)) return []
    if (!hasPort(target.kind, 'inputs', connection.targetPort)) return []
    const known = old.get(connection.id)
    const isSelected = selected.has(connection.id)
    const detour = around.get(connection.id)
    const ariaLabel = `Wire from ${source.name} to ${target.name}`
    if (
      known &&
      known.data?.connection === connection &&
      known.data.detour === detour &&
      known.selected === isSelected &&
      known.ariaLabel === ariaLabel
    ) {
      return [known]
    }
    return [
      {
        id: connection.id,
        type: 'wire',
        source: connection.source,
        sourceHandle: connection.sourcePort,
        target: connection.target,
        targetHandle: connection.targetPort,
        data: { connection, detour },
        selected: isSelected,
        ariaLabel,
      },
    ]
  })
}

function hasPort(kind: string, side: 'inputs' | 'outputs', port: string): boolean {
  return layerDefinition(kind)?.[side].some((candidate) => candidate.name === port) ?? false
}
