import type { Edge, Node } from 'reactflow'
import type { Connection, LayerNode } from '../../src-core/document/model-document.ts'

export type LayerFlowNode = Node<{ layer: LayerNode }, 'layer'>
export type WireFlowEdge = Edge<{ connection: Connection; detour: number | undefined }, 'wire'>
