import { memo, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { useStore } from 'reactflow'
import { useFlow } from '../flow-store.ts'
import type { WireFlowEdge } from '../flow-types.ts'
import { followsMoves, shownNodes, shownWires, useManyMoves } from '../many-moves/many-moves.ts'
import { FarPaths } from './far-paths.ts'
import './far-wires.css'

interface FarWiresProps {
  /** Only wires of what is dragged, in a drag of very many; else all that are not marked. */
  readonly onlyMoved: boolean
}

/**
 * The wires of a large drawing that is seen from very far, or of very many layers while they are dragged, as a few paths:
 * nothing can be read on a wire there and none can be met, and a thousand of them as React Flow's would each follow every
 * step of whatever is dragged.
 */
export function FarWires({ onlyMoved }: FarWiresProps) {
  const nodes = useFlow((state) => state.nodes)
  const edges = useFlow((state) => state.edges)
  const moves = useManyMoves()
  const { moved } = moves
  const [plainPaths] = useState(() => new FarPaths())
  const [selectedPaths] = useState(() => new FarPaths())
  const { plain, selected } = useMemo(() => {
    const here = edges.filter((edge) => followsMoves(edge, moved) || !(onlyMoved || isMarked(edge)))
    return {
      plain: here.filter((edge) => edge.selected !== true),
      selected: here.filter((edge) => edge.selected === true),
    }
  }, [edges, moved, onlyMoved])
  const shown = useMemo(() => shownNodes(nodes, moves), [nodes, moves])
  const drawing = useStore((state) => state.domNode)
  // React Flow's ViewportPortal looks for this place again, past all nodes, whenever anything in its store changes.
  const place = useMemo(() => drawing?.querySelector('.react-flow__viewport-portal'), [drawing])
  if (!place) return null
  return createPortal(
    <svg className="far-wires" aria-hidden>
      <Paths paths={plainPaths.of(shown, shownWires(plain, nodes, moves))} />
      <g className="far-wires__selected">
        <Paths paths={selectedPaths.of(shown, shownWires(selected, nodes, moves))} />
      </g>
    </svg>,
    place,
  )
}

function Paths({ paths }: { readonly paths: readonly string[] }) {
  return paths.map((path, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the paths have nothing but their order
    <FarPath key={index} path={path} />
  ))
}

const FarPath = memo(function FarPath({ path }: { readonly path: string }) {
  return <path d={path} />
})

/** Whether a wire looks unlike the others and unlike selected ones, so that it is drawn by itself. */
export function isMarked({ className, data }: WireFlowEdge): boolean {
  return className !== undefined || data?.problem !== undefined
}
