import { useMemo } from 'react'
import { Background, BackgroundVariant, Handle, type NodeProps, ReactFlow } from 'reactflow'
import 'reactflow/dist/style.css'
import type { FlowDirection } from '../../../src-core/document/canvas-part.ts'
import { categoryLook } from '../../canvas/categories.ts'
import { portShare, portSide } from '../../canvas/port-places.ts'
import type { Comparison } from '../../state/compare-store.ts'
import { classNames } from '../../ui/class-names.ts'
import { type CompareNode, compareElements } from './compare-elements.ts'
import { CompareMarkBadge } from './compare-mark.tsx'

const nodeTypes = { compare: CompareCard }

interface CompareCanvasProps {
  readonly comparison: Comparison
  readonly chosen: string | undefined
  readonly onChoose: (nodeId: string) => void
}

/** Both documents as one drawing that cannot be edited. */
export function CompareCanvas({ comparison, chosen, onChoose }: CompareCanvasProps) {
  const elements = useMemo(() => compareElements(comparison), [comparison])
  const nodes = useMemo(
    () => elements.nodes.map((node) => (node.id === chosen ? { ...node, selected: true } : node)),
    [elements, chosen],
  )
  return (
    <ReactFlow<CompareNode>
      nodes={nodes}
      edges={elements.edges}
      nodeTypes={nodeTypes}
      onNodeClick={(_event, node) => onChoose(node.id)}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      deleteKeyCode={null}
      disableKeyboardA11y
      panOnScroll
      fitView
      fitViewOptions={{ maxZoom: 1, padding: 0.15 }}
      minZoom={0.05}
      proOptions={{ hideAttribution: true }}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} color="var(--canvas-dots)" />
    </ReactFlow>
  )
}

function CompareCard({
  data: { layer, mark, face: definition, direction },
  selected,
}: NodeProps<CompareNode>) {
  const { icon: Icon, colour } = categoryLook(definition?.category)
  return (
    <div className={classNames('compare-card', `compare-card--${mark}`, selected && 'compare-card--chosen')}>
      <Ports ports={definition?.inputs ?? []} type="target" direction={direction} />
      <div className="compare-card__header">
        <Icon size={15} aria-hidden style={{ color: colour }} />
        <span className="truncate">{layer.name}</span>
      </div>
      <div className="compare-card__kind">
        <span className="truncate">{definition?.label ?? layer.kind}</span>
        <CompareMarkBadge mark={mark} />
      </div>
      <Ports ports={definition?.outputs ?? []} type="source" direction={direction} />
    </div>
  )
}

interface PortsProps {
  readonly ports: readonly { readonly name: string }[]
  readonly type: 'source' | 'target'
  readonly direction: FlowDirection
}

function Ports({ ports, type, direction }: PortsProps) {
  const along = direction === 'right' ? 'top' : 'left'
  return ports.map(({ name }, index) => (
    <Handle
      key={name}
      id={name}
      type={type}
      position={portSide(type, direction)}
      className="port"
      style={{ [along]: `${portShare(index, ports.length) * 100}%` }}
      isConnectable={false}
    />
  ))
}
