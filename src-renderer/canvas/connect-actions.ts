import type { FinalConnectionState, Connection as FlowConnection } from 'reactflow'
import { layerFace } from '../../src-core/document/blocks/layer-face.ts'
import { applyEdit, type Edit } from '../../src-core/document/edits.ts'
import type { LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'
import { t } from '../../src-core/language/t.ts'
import { openPicker } from '../state/picker-store.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { notify } from '../ui/toast-store.ts'
import { bestInput, checkConnection, connectEdit, descendants, type Ends } from './connection-rules.ts'
import type { WireFlowEdge } from './flow-types.ts'

function endsOf(connection: FlowConnection | WireFlowEdge): Ends | undefined {
  const { source, target, sourceHandle, targetHandle } = connection
  if (!sourceHandle || !targetHandle) return undefined
  return { source, target, sourcePort: sourceHandle, targetPort: targetHandle }
}

/** Whether React Flow may let a wire end here; asked while it is drawn. */
export function mayConnect(connection: FlowConnection | WireFlowEdge): boolean {
  const { drawing: document } = useProject.getState()
  const ends = endsOf(connection)
  return document !== null && ends !== undefined && checkConnection(document, ends).ok
}

/** The edit for a wire that was drawn from port to port. */
export function connectPorts(connection: FlowConnection): Edit | undefined {
  const { drawing: document } = useProject.getState()
  const ends = endsOf(connection)
  return document && ends ? connectEdit(document, ends) : undefined
}

/** Moves an end of a wire to another port. */
export function reconnect(edge: WireFlowEdge, connection: FlowConnection): void {
  const { drawing: document } = useProject.getState()
  const ends = endsOf(connection)
  if (!document || !ends || !edge.data) return
  const old = edge.data.connection
  const same =
    old.source === ends.source &&
    old.target === ends.target &&
    old.sourcePort === ends.sourcePort &&
    old.targetPort === ends.targetPort
  if (same) return
  const disconnect: Edit = { type: 'disconnect', connectionId: edge.id }
  const connect = connectEdit(applyEdit(document, disconnect).document, ends)
  if (connect) dispatch({ type: 'group', label: t('Move wire'), edits: [disconnect, connect] })
}

/** A wire let go over a layer instead of a port goes to the input that fits best; a refused one says why. */
export function connectDropped(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
  const { drawing: document } = useProject.getState()
  if (!document || state.isValid || !state.fromNode || !state.fromHandle) return
  if (state.toNode && state.toHandle) {
    explain(state)
    return
  }
  const point = 'clientX' in event ? event : event.changedTouches[0]
  if (!point) return
  const under = window.document.elementFromPoint(point.clientX, point.clientY)
  const other = under?.closest('.react-flow__node')?.getAttribute('data-id')
  if (!other && under?.closest('.react-flow') && state.fromHandle.id) {
    const from = { layerId: state.fromNode.id, port: state.fromHandle.id, side: state.fromHandle.type }
    openPicker({ type: 'addToWire', at: { x: point.clientX, y: point.clientY }, from })
    return
  }
  if (!other || other === state.fromNode.id) return
  const [source, target] =
    state.fromHandle.type === 'source' ? [state.fromNode.id, other] : [other, state.fromNode.id]
  const ends = bestInput(document, source, target)
  const edit = ends && connectEdit(document, ends)
  if (edit) dispatch(edit)
}

/** Layers that a wire from a layer may lead to, in document order. */
export function targetsOf(document: ModelDocument, layerId: string): readonly LayerNode[] {
  const backwards = document.connections.map((wire) => ({
    ...wire,
    source: wire.target,
    target: wire.source,
  }))
  const before = descendants({ ...document, connections: backwards }, layerId)
  const fed = new Set(
    document.connections.filter(({ source }) => source === layerId).map(({ target }) => target),
  )
  return document.layers.filter(({ id, kind }) => {
    const inputs = layerFace(document, kind)?.inputs ?? []
    const hasRoom = inputs.length > 1 || inputs.some(({ many }) => many) || !fed.has(id)
    return inputs.length > 0 && !before.has(id) && hasRoom
  })
}

/** Connects two layers at the input that fits best. */
export function connectLayers(source: string, target: string): void {
  const { drawing: document } = useProject.getState()
  const ends = document && bestInput(document, source, target)
  const edit = document && ends && connectEdit(document, ends)
  if (edit) dispatch(edit)
}

function explain(state: FinalConnectionState): void {
  const { drawing: document } = useProject.getState()
  const { fromNode, fromHandle, toNode, toHandle } = state
  if (!document || !fromNode || !toNode || !fromHandle?.id || !toHandle?.id) return
  if (fromHandle.type === toHandle.type) {
    const title = t(
      fromHandle.type === 'source' ? 'Two outputs cannot be connected.' : 'Two inputs cannot be connected.',
    )
    notify({ tone: 'neutral', title })
    return
  }
  const forward = fromHandle.type === 'source'
  const verdict = checkConnection(document, {
    source: forward ? fromNode.id : toNode.id,
    sourcePort: forward ? fromHandle.id : toHandle.id,
    target: forward ? toNode.id : fromNode.id,
    targetPort: forward ? toHandle.id : fromHandle.id,
  })
  if (!verdict.ok) notify({ tone: 'neutral', title: t('Not connected'), detail: verdict.reason })
}
