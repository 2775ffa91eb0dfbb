import type { Edge, Node } from 'reactflow'
import type { LayerFace } from '../../src-core/document/blocks/layer-face.ts'
import type { Connection, LayerNode } from '../../src-core/document/model-document.ts'
import type { Problem } from '../../src-core/problems.ts'
import type { Shape } from '../../src-core/tensor-graph/types.ts'
import type { LayerView } from '../state/compile-view.ts'

export type LayerFlowNode = Node<
  { layer: LayerNode; view: LayerView | undefined; face: LayerFace | undefined },
  'layer'
>

export type WireFlowEdge = Edge<
  {
    connection: Connection
    /** The x at which the wire passes what is in its way. */
    detour: number | undefined
    /** What flows through it. */
    shape: Shape | undefined
    problem: Problem | undefined
  },
  'wire'
>
