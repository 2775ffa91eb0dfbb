import { getBezierPath, Position } from 'reactflow'

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

/** The curve of a wire; with a detour, around what is in the way at that x. */
export function wirePath(ends: Ends, detour: number | undefined): WirePath {
  const { sourceX, sourceY, targetX, targetY } = ends
  if (detour === undefined) {
    const [path, labelX, labelY] = getBezierPath({
      ...ends,
      sourcePosition: Position.Bottom,
      targetPosition: Position.Top,
      curvature: 0.4,
    })
    return { path, labelX, labelY, labelBeside: false }
  }
  const bend = Math.min(60, (targetY - sourceY) / 3)
  const down = sourceY + bend
  const up = targetY - bend
  const path = [
    `M ${sourceX} ${sourceY}`,
    `C ${sourceX} ${sourceY + bend * 0.7}, ${detour} ${down - bend * 0.7}, ${detour} ${down}`,
    `L ${detour} ${up}`,
    `C ${detour} ${up + bend * 0.7}, ${targetX} ${targetY - bend * 0.7}, ${targetX} ${targetY}`,
  ].join(' ')
  return { path, labelX: detour, labelY: (down + up) / 2, labelBeside: true }
}
