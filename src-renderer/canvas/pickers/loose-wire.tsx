import { getBezierPath, Position } from 'reactflow'
import type { WindowPoint, WireStart } from '../../state/picker-store.ts'

interface LooseWireProps {
  readonly from: WireStart
  readonly at: WindowPoint
}

/** The wire that was let go over nothing, for as long as the list at its end is open. */
export function LooseWire({ from, at }: LooseWireProps) {
  const port = portOf(from)
  if (!port) return null
  const isSource = from.side === 'source'
  const [path] = getBezierPath({
    sourceX: port.x,
    sourceY: port.y,
    targetX: at.x,
    targetY: at.y,
    sourcePosition: isSource ? Position.Bottom : Position.Top,
    targetPosition: isSource ? Position.Top : Position.Bottom,
  })
  return (
    <svg className="loose-wire" aria-hidden>
      <path d={path} className="connection-line" />
    </svg>
  )
}

function portOf({ layerId, port, side }: WireStart): WindowPoint | undefined {
  const selector = `.react-flow__node[data-id="${CSS.escape(layerId)}"] .${side}[data-handleid="${CSS.escape(port)}"]`
  const box = document.querySelector(selector)?.getBoundingClientRect()
  return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
