import { applyNodeChanges, type EdgeChange, type NodeChange } from 'reactflow'
import { create } from 'zustand'
import { notesOf } from '../../src-core/document/canvas-part.ts'
import { currentLanguage } from '../../src-core/language/t.ts'
import { useCompile } from '../state/compile-store.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { useReading } from '../state/reading-store.ts'
import { flowEdges, flowNodes } from './flow-elements.ts'
import { type CanvasNode, isLayerNode, isNoteNode, type WireFlowEdge } from './flow-types.ts'
import { endManyMoves, takeManyMoves } from './many-moves/many-moves.ts'
import { type Moves, movesEdit, withContents } from './notes/note-moves.ts'
import { noteIdOf, noteNodeId, noteNodes } from './notes/note-nodes.ts'
import { readingMarks } from './reading-marks.ts'

interface FlowState {
  /** Frames, layers along the flow, notes: the order in which Tab visits them. */
  readonly nodes: CanvasNode[]
  readonly edges: WireFlowEdge[]
}

/** What React Flow draws: made from the project and compile stores, plus what only the screen knows (sizes, drags). */
export const useFlow = create<FlowState>()(() => ({ nodes: [], edges: [] }))

/** What the nodes tell screen readers is in this language. */
let language = currentLanguage()

/** Keeps the drawing in step with the document; returns what ends it. */
export function startFlow(): () => void {
  if (language !== currentLanguage()) {
    language = currentLanguage()
    useFlow.setState({ nodes: [], edges: [] })
  }
  sync()
  const stops = [
    useProject.subscribe((state, before) => {
      const same =
        state.drawing === before.drawing &&
        state.selectedLayers === before.selectedLayers &&
        state.selectedConnections === before.selectedConnections &&
        state.selectedNotes === before.selectedNotes
      if (!same) sync()
    }),
    useCompile.subscribe(sync),
    useReading.subscribe(sync),
  ]
  return () => {
    for (const stop of stops) stop()
    endManyMoves(useFlow.getState().nodes)
  }
}

function sync(): void {
  const { drawing: document, selectedLayers, selectedConnections, selectedNotes } = useProject.getState()
  if (!document) {
    useFlow.setState({ nodes: [], edges: [] })
    return
  }
  const compile = useCompile.getState()
  const { nodes, edges } = useFlow.getState()
  const marks = readingMarks(document)
  const layers = flowNodes(document, selectedLayers, compile, nodes.filter(isLayerNode), marks)
  const known = new Map(nodes.filter(isNoteNode).map((node) => [node.id, node]))
  const notes = noteNodes(document, selectedNotes, known, marks)
  useFlow.setState({
    nodes:
      notes.length === 0
        ? layers
        : [
            ...notes.filter(({ type }) => type === 'frame'),
            ...layers,
            ...notes.filter(({ type }) => type === 'note'),
          ],
    edges: flowEdges(document, selectedConnections, compile, edges, marks),
  })
}

/** Takes over what React Flow reports: sizes and drags stay here, finished moves and selection go to the project. */
export function takeNodeChanges(
  reported: readonly NodeChange<CanvasNode>[],
  gesture: string | undefined,
): void {
  const changes = withCarried(reported)
  if (takeManyMoves(changes, useFlow.getState().nodes)) return
  useFlow.setState((state) => ({ nodes: applyNodeChanges(own(changes), state.nodes) }))
  takeSelection(changes, 'nodes')
  takeResizing(changes)
  const { drawing: document } = useProject.getState()
  const edit =
    document &&
    movesEdit(
      document,
      movesOf(changes, (dragging) => dragging === false),
    )
  // Of a drag that is taken over no steps come here but the last.
  if (changes.some((change) => change.type === 'position' && change.dragging === false)) {
    endManyMoves(useFlow.getState().nodes)
  }
  if (!edit) return
  const nudge = `nudge:${changes.map((change) => ('id' in change ? change.id : '')).join()}`
  dispatch(edit, { coalesceKey: gesture ?? nudge })
}

/** Selection belongs to the project store; React Flow is told through the nodes. */
function own(changes: readonly NodeChange<CanvasNode>[]): NodeChange<CanvasNode>[] {
  return changes.filter((change) => change.type !== 'select' && change.type !== 'remove')
}

/** Where changes of position put layers and notes, as far as they are of the kind that is asked for. */
function movesOf(
  changes: readonly NodeChange<CanvasNode>[],
  counts: (dragging: boolean | undefined) => boolean,
): Moves {
  const layers: Moves['layers'] & Map<string, { x: number; y: number }> = new Map()
  const notes: Moves['notes'] & Map<string, { x: number; y: number }> = new Map()
  for (const change of changes) {
    if (change.type !== 'position' || !change.position || !counts(change.dragging)) continue
    const noteId = noteIdOf(change)
    const place = { x: change.position.x, y: change.position.y }
    if (noteId === undefined) layers.set(change.id, place)
    else notes.set(noteId, place)
  }
  return { layers, notes }
}

/** The changes, and those of what stands in a frame that is dragged. */
function withCarried(changes: readonly NodeChange<CanvasNode>[]): readonly NodeChange<CanvasNode>[] {
  const { drawing: document } = useProject.getState()
  const moving = changes.find(
    (change) => change.type === 'position' && change.dragging !== undefined && noteIdOf(change) !== undefined,
  )
  if (!document || moving?.type !== 'position') return changes
  const moves = movesOf(changes, (dragging) => dragging !== undefined)
  const all = withContents(document, moves)
  if (all === moves) return changes
  const carried = [
    ...[...all.layers].filter(([id]) => !moves.layers.has(id)),
    ...[...all.notes]
      .filter(([id]) => !moves.notes.has(id))
      .map(([id, place]) => [noteNodeId(id), place] as const),
  ].map(([id, position]): NodeChange<CanvasNode> => {
    return {
      type: 'position',
      id,
      position,
      ...(moving.dragging !== undefined && { dragging: moving.dragging }),
    }
  })
  return [...changes, ...carried]
}

/** The end of a resizing becomes an edit of the note. */
function takeResizing(changes: readonly NodeChange<CanvasNode>[]): void {
  const { drawing: document } = useProject.getState()
  for (const change of changes) {
    if (change.type !== 'dimensions' || change.resizing !== false) continue
    const node = useFlow.getState().nodes.find(({ id }) => id === change.id)
    const note = document && notesOf(document).find(({ id }) => id === noteIdOf(change))
    if (!note || node?.width === undefined || node.height === undefined) continue
    const size = { width: Math.round(node.width), height: Math.round(node.height) }
    dispatch({ type: 'replaceNote', note: { ...note, position: node.position, size } })
  }
}

/** Whether a box of selection is being drawn: one that begins in a frame is about what stands there, not the frame. */
let drawsBox = false

export function noteBox(drawn: boolean): void {
  drawsBox = drawn
}

function isFrame(noteId: string): boolean {
  const { drawing: document } = useProject.getState()
  return document !== null && notesOf(document).some(({ id, kind }) => id === noteId && kind === 'frame')
}

/** Takes over what React Flow reports about wires: their selection. */
export function takeEdgeChanges(changes: readonly EdgeChange<WireFlowEdge>[]): void {
  takeSelection(changes, 'wires')
}

function takeSelection(
  changes: readonly (NodeChange<CanvasNode> | EdgeChange<WireFlowEdge>)[],
  what: 'nodes' | 'wires',
): void {
  const selects = changes.flatMap((change) => (change.type === 'select' ? [change] : []))
  if (selects.length === 0) return
  const { selectedLayers, selectedConnections, selectedNotes, select } = useProject.getState()
  const [layers, wires, notes] = [
    new Set(selectedLayers),
    new Set(selectedConnections),
    new Set(selectedNotes),
  ]
  for (const change of selects) {
    const noteId = what === 'nodes' ? noteIdOf(change) : undefined
    const set = what === 'wires' ? wires : noteId === undefined ? layers : notes
    const id = noteId ?? change.id
    if (change.selected && drawsBox && noteId !== undefined && isFrame(noteId)) continue
    if (change.selected) set.add(id)
    else set.delete(id)
  }
  select(layers, wires, notes)
}
