import { memo, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { useStore } from 'reactflow'
import { useFlow } from '../flow-store.ts'
import type { WireFlowEdge } from '../flow-types.ts'
import { FarPaths } from './far-paths.ts'
import './far-wires.css'

/**
 * The wires of a large drawing that is seen from very far, as a few paths: nothing can be read on a wire there and none
 * can be met, and a thousand of them as React Flow's would each follow every step of whatever is dragged.
 */
export function FarWires() {
  const nodes = useFlow((state) => state.nodes)
  const edges = useFlow((state) => state.edges)
  const [paths] = useState(() => new FarPaths())
  const plain = useMemo(() => edges.filter((edge) => !isMarked(edge)), [edges])
  const drawing = useStore((state) => state.domNode)
  // React Flow's ViewportPortal looks for this place again, past all nodes, whenever anything in its store changes.
  const place = useMemo(() => drawing?.querySelector('.react-flow__viewport-portal'), [drawing])
  if (!place) return null
  return createPortal(
    <svg className="far-wires" aria-hidden>
      {paths.of(nodes, plain).map((path, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the paths have nothing but their order
        <FarPath key={index} path={path} />
      ))}
    </svg>,
    place,
  )
}

const FarPath = memo(function FarPath({ path }: { readonly path: string }) {
  return <path d={path} />
})

/** Whether a wire looks unlike the others, so that it is drawn by itself. */
export function isMarked({ selected, className, data }: WireFlowEdge): boolean {
  return selected === true || className !== undefined || data?.problem !== undefined
}
