import { applyNodeChanges, type EdgeChange, type NodeChange } from 'reactflow'
import { create } from 'zustand'
import { useCompile } from '../state/compile-store.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { useReading } from '../state/reading-store.ts'
import { flowEdges, flowNodes } from './flow-elements.ts'
import type { LayerFlowNode, WireFlowEdge } from './flow-types.ts'
import { readingMarks } from './reading-marks.ts'

interface FlowState {
  readonly nodes: LayerFlowNode[]
  readonly edges: WireFlowEdge[]
}

/** What React Flow draws: made from the project and compile stores, plus what only the screen knows (sizes, drags). */
export const useFlow = create<FlowState>()(() => ({ nodes: [], edges: [] }))

/** Keeps the drawing in step with the document; returns what ends it. */
export function startFlow(): () => void {
  const sync = () => {
    const { document, selectedLayers, selectedConnections } = useProject.getState()
    if (!document) return useFlow.setState({ nodes: [], edges: [] })
    const compile = useCompile.getState()
    const { nodes, edges } = useFlow.getState()
    const marks = readingMarks(document)
    useFlow.setState({
      nodes: flowNodes(document, selectedLayers, compile, nodes, marks),
      edges: flowEdges(document, selectedConnections, compile, edges, marks),
    })
  }
  sync()
  const stops = [
    useProject.subscribe((state, before) => {
      const same =
        state.document === before.document &&
        state.selectedLayers === before.selectedLayers &&
        state.selectedConnections === before.selectedConnections
      if (!same) sync()
    }),
    useCompile.subscribe(sync),
    useReading.subscribe(sync),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Takes over what React Flow reports: sizes and drags stay here, finished moves and selection go to the project. */
export function takeNodeChanges(
  changes: readonly NodeChange<LayerFlowNode>[],
  gesture: string | undefined,
): void {
  useFlow.setState((state) => ({ nodes: applyNodeChanges(own(changes), state.nodes) }))
  takeSelection(changes, 'layers')
  const positions = Object.fromEntries(
    changes.flatMap((change) =>
      change.type === 'position' && change.dragging === false && change.position
        ? [[change.id, { x: change.position.x, y: change.position.y }]]
        : [],
    ),
  )
  if (Object.keys(positions).length === 0) return
  const moved = movedOnly(positions)
  if (Object.keys(moved).length === 0) return
  const nudge = `nudge:${Object.keys(moved).join()}`
  dispatch({ type: 'moveLayers', positions: moved }, { coalesceKey: gesture ?? nudge })
}

/** Selection belongs to the project store; React Flow is told through the nodes. */
function own(changes: readonly NodeChange<LayerFlowNode>[]): NodeChange<LayerFlowNode>[] {
  return changes.filter((change) => change.type !== 'select' && change.type !== 'remove')
}

/** A click without a move also ends as a "move" to where the layer is. */
function movedOnly(positions: Readonly<Record<string, { x: number; y: number }>>) {
  const layers = useProject.getState().document?.layers ?? []
  return Object.fromEntries(
    layers.flatMap((layer) => {
      const to = positions[layer.id]
      return to && (to.x !== layer.position.x || to.y !== layer.position.y) ? [[layer.id, to]] : []
    }),
  )
}

/** Takes over what React Flow reports about wires: their selection. */
export function takeEdgeChanges(changes: readonly EdgeChange<WireFlowEdge>[]): void {
  takeSelection(changes, 'connections')
}

function takeSelection(
  changes: readonly (NodeChange<LayerFlowNode> | EdgeChange<WireFlowEdge>)[],
  what: 'layers' | 'connections',
): void {
  const selects = changes.flatMap((change) => (change.type === 'select' ? [change] : []))
  if (selects.length === 0) return
  const { selectedLayers, selectedConnections, select } = useProject.getState()
  const next = new Set(what === 'layers' ? selectedLayers : selectedConnections)
  for (const { id, selected } of selects) {
    if (selected) next.add(id)
    else next.delete(id)
  }
  if (what === 'layers') select(next, selectedConnections)
  else select(selectedLayers, next)
}
