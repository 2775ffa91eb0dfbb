import { getBezierPath, Position } from 'reactflow'
import type { FlowDirection } from '../../src-core/document/canvas-part.ts'

interface Ends {
  readonly sourceX: number
  readonly sourceY: number
  readonly targetX: number
  readonly targetY: number
}

export interface WirePath {
  readonly path: string
  /** Where the shape is written. */
  readonly labelX: number
  readonly labelY: number
  /** Beside a wire that was led past something, so that the label does not reach back over it. */
  readonly labelBeside: boolean
}

/** The curve of a wire; with a detour, around what is in the way at that x (or y, where the flow runs to the right). */
export function wirePath(
  ends: Ends,
  detour: number | undefined,
  direction: FlowDirection = 'down',
): WirePath {
  const { sourceX, sourceY, targetX, targetY } = ends
  if (detour === undefined) {
    const [path, labelX, labelY] = getBezierPath({
      ...ends,
      sourcePosition: direction === 'down' ? Position.Bottom : Position.Right,
      targetPosition: direction === 'down' ? Position.Top : Position.Left,
      curvature: 0.4,
    })
    return { path, labelX, labelY, labelBeside: false }
  }
  // Along the flow and across it: the same curve, turned.
  const down = direction === 'down'
  const [from, to] = down ? [sourceY, targetY] : [sourceX, targetX]
  const [start, end] = down ? [sourceX, targetX] : [sourceY, targetY]
  const point = (along: number, across: number) => (down ? `${across} ${along}` : `${along} ${across}`)
  const bend = Math.min(60, (to - from) / 3)
  const [out, back] = [from + bend, to - bend]
  const path = [
    `M ${point(from, start)}`,
    `C ${point(from + bend * 0.7, start)}, ${point(out - bend * 0.7, detour)}, ${point(out, detour)}`,
    `L ${point(back, detour)}`,
    `C ${point(back + bend * 0.7, detour)}, ${point(to - bend * 0.7, end)}, ${point(to, end)}`,
  ].join(' ')
  const middle = (out + back) / 2
  return down
    ? { path, labelX: detour, labelY: middle, labelBeside: true }
    : { path, labelX: middle, labelY: detour + 14, labelBeside: false }
}
