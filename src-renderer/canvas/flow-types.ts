import type { Edge, Node } from 'reactflow'
import type { LayerFace } from '../../src-core/document/blocks/layer-face.ts'
import type { FlowDirection, Note } from '../../src-core/document/canvas-part.ts'
import type { Connection, LayerNode } from '../../src-core/document/model-document.ts'
import type { Problem } from '../../src-core/problems.ts'
import type { Shape } from '../../src-core/tensor-graph/types.ts'
import type { LayerView } from '../state/compile-view.ts'

export type LayerFlowNode = Node<
  {
    layer: LayerNode
    view: LayerView | undefined
    face: LayerFace | undefined
    direction: FlowDirection
  },
  'layer'
>

/** A note among the layers, or a frame behind them. */
export type NoteFlowNode = Node<{ note: Note }, Note['kind']>

export type CanvasNode = LayerFlowNode | NoteFlowNode

export function isLayerNode(node: CanvasNode): node is LayerFlowNode {
  return node.type === 'layer'
}

export function isNoteNode(node: CanvasNode): node is NoteFlowNode {
  return node.type !== 'layer'
}

export type WireFlowEdge = Edge<
  {
    connection: Connection
    /** Of the layers that it leads from and to. */
    names: readonly [string, string]
    /** The x (the y where the flow runs to the right) at which the wire passes what is in its way. */
    detour: number | undefined
    /** What flows through it. */
    shape: Shape | undefined
    problem: Problem | undefined
  },
  'wire'
>
