import { type ConnectionLineComponentProps, getBezierPath } from 'reactflow'
import { t } from '../../src-core/language/t.ts'
import { useProject } from '../state/project-store.ts'
import { classNames } from '../ui/class-names.ts'
import { checkConnection, type Ends } from './connection-rules.ts'
import type { CanvasNode } from './flow-types.ts'

/** The wire while it is being drawn, and what would happen if it was let go here. */
export function ConnectionLine(props: ConnectionLineComponentProps<CanvasNode>) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, connectionStatus } = props
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    targetX: toX,
    targetY: toY,
    sourcePosition: fromPosition,
    targetPosition: toPosition,
  })
  const note = useNote(props)
  return (
    <g>
      <path
        d={path}
        className={classNames(
          'connection-line',
          connectionStatus === 'invalid' && 'connection-line--invalid',
        )}
      />
      {note !== undefined && (
        <foreignObject x={toX + 14} y={toY + 10} width={1} height={1} className="connection-note">
          <div className="connection-note__text">{note}</div>
        </foreignObject>
      )}
    </g>
  )
}

function useNote(props: ConnectionLineComponentProps<CanvasNode>): string | undefined {
  const document = useProject((state) => state.drawing)
  const ends = endsOf(props)
  if (!document || !ends) return undefined
  const verdict = checkConnection(document, ends)
  if (!verdict.ok) return verdict.reason
  const { replaces } = verdict
  if (!replaces) return undefined
  const old = document.layers.find((layer) => layer.id === replaces.source)?.name ?? t('another layer')
  return t('Replaces the wire from {{name}}', { name: old })
}

function endsOf(props: ConnectionLineComponentProps<CanvasNode>): Ends | undefined {
  const { fromNode, fromHandle, toNode, toHandle } = props
  if (!toNode || !toHandle?.id || !fromHandle.id) return undefined
  if (fromHandle.type === toHandle.type) return undefined
  const forward = fromHandle.type === 'source'
  const [source, target] = forward ? [fromNode, toNode] : [toNode, fromNode]
  const [sourceHandle, targetHandle] = forward ? [fromHandle, toHandle] : [toHandle, fromHandle]
  if (!('face' in target.data) || !target.data.face) return undefined
  return {
    source: source.id,
    sourcePort: sourceHandle.id ?? '',
    target: target.id,
    targetPort: targetHandle.id ?? '',
  }
}
