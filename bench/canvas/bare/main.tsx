import { type CSSProperties, useState } from 'react'
import { createRoot } from 'react-dom/client'
import {
  Background,
  Controls,
  type Edge,
  MiniMap,
  type Node,
  ReactFlow,
  SelectionMode,
  useEdgesState,
  useNodesState,
} from 'reactflow'
import 'reactflow/dist/style.css'

/** The page that LayerLoom's canvas is measured against: React Flow with its own plain nodes and nothing else. */
interface Drawing {
  readonly nodes: readonly {
    readonly id: string
    readonly label: string
    readonly x: number
    readonly y: number
  }[]
  readonly edges: readonly { readonly id: string; readonly source: string; readonly target: string }[]
}

declare global {
  interface Window {
    /** Shows a drawing, or nothing. */
    show?: (drawing: Drawing | null) => void
  }
}

const panButtons = [1]
// The size of a layer's card, so that as much is on screen.
const card: CSSProperties = { width: 200, height: 84 }

function Page() {
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  window.show = setDrawing
  return drawing && <Flow drawing={drawing} />
}

function Flow({ drawing }: { readonly drawing: Drawing }) {
  const [nodes, , onNodesChange] = useNodesState<Node>(
    drawing.nodes.map(({ id, label, x, y }) => ({ id, position: { x, y }, data: { label }, style: card })),
  )
  const [edges, , onEdgesChange] = useEdgesState<Edge>([...drawing.edges])
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      selectionOnDrag
      panOnDrag={panButtons}
      panOnScroll
      selectionMode={SelectionMode.Partial}
      minZoom={0.02}
      maxZoom={2.5}
    >
      <Background />
      <Controls />
      <MiniMap />
    </ReactFlow>
  )
}

const root = document.querySelector('#root')
if (root) createRoot(root).render(<Page />)
