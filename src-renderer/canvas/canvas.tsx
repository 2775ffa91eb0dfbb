import {
  Background,
  BackgroundVariant,
  type Connection as FlowConnection,
  type OnNodeDrag,
  Panel,
  ReactFlow,
  type ReactFlowInstance,
  SelectionMode,
  useStore,
} from 'reactflow'
import 'reactflow/dist/style.css'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { layerFace } from '../../src-core/document/blocks/layer-face.ts'
import { viewOf } from '../state/canvas-views.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { dropOnWire } from './add-actions.ts'
import { openBlock } from './block-actions.ts'
import './canvas.css'
import { CanvasToolbar } from './canvas-toolbar.tsx'
import { connectDropped, connectPorts, mayConnect, reconnect } from './connect-actions.ts'
import { ConnectionLine } from './connection-line.tsx'
import { detailAt, detailClasses, FarView, isFar } from './detail-level.ts'
import { FarWires, isMarked } from './far-wires/far-wires.tsx'
import { noteBox, startFlow, takeEdgeChanges, takeNodeChanges, useFlow } from './flow-store.ts'
import { type CanvasNode, isLayerNode, type WireFlowEdge } from './flow-types.ts'
import { gridSize } from './geometry.ts'
import { LayerCard } from './layer-card.tsx'
import { Legend } from './legend.tsx'
import { followsMoves, useManyMoves } from './many-moves/many-moves.ts'
import { FrameCard, NoteCard } from './notes/note-card.tsx'
import { openingView } from './opening-view.ts'
import { OverviewMap } from './overview/overview-map.tsx'
import { usePaletteDrag, wireAt } from './palette-drag.ts'
import { spokenTexts } from './spoken-texts.ts'
import { useCanvasHandle } from './use-canvas-handle.ts'
import { useShownFocus } from './use-shown-focus.ts'
import { Wire } from './wire.tsx'

const nodeTypes = { layer: LayerCard, note: NoteCard, frame: FrameCard }
const edgeTypes = { wire: Wire }
const snapGrid: [number, number] = [gridSize, gridSize]
/** The middle button; the right one opens the menu, and the left one selects. */
const panButtons = [1]
const addToSelection = ['Shift', 'Control', 'Meta']

/** With more layers, those that are not on screen are not drawn; from far nearly all are on screen anyway. */
const manyLayers = 200

let gestures = 0

/** The drawing: React Flow fed by the flow store; every change becomes an edit of the document. */
export function Canvas() {
  const nodes = useFlow((state) => state.nodes)
  const edges = useFlow((state) => state.edges)
  const level = useStore((state) => detailAt(state.transform[2]))
  const far = isFar(level)
  const farWires = level === 'plates' && nodes.length > manyLayers
  const moved = useManyMoves((state) => state.moved)
  const drawn = useMemo(() => {
    if (!farWires && !moved) return edges
    return edges.filter((edge) => (!farWires || isMarked(edge)) && !followsMoves(edge, moved))
  }, [edges, farWires, moved])
  const drag = useDragGesture()
  // The canvas is made anew when the language changes.
  const spoken = useMemo(spokenTexts, [])
  useEffect(startFlow, [])
  useCanvasHandle()
  useShownFocus()
  return (
    <FarView value={far}>
      <ReactFlow<CanvasNode, WireFlowEdge>
        className={detailClasses[level]}
        nodes={nodes}
        edges={drawn}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onlyRenderVisibleElements={nodes.length > manyLayers && !far}
        onNodesChange={useCallback(
          (changes: Parameters<typeof takeNodeChanges>[0]) => takeNodeChanges(changes, drag.gesture.current),
          [drag.gesture],
        )}
        onEdgesChange={takeEdgeChanges}
        onConnect={connect}
        onConnectEnd={connectDropped}
        onReconnect={reconnect}
        isValidConnection={mayConnect}
        connectionLineComponent={ConnectionLine}
        connectionRadius={24}
        onNodeDragStart={drag.start}
        onNodeDrag={drag.move}
        onNodeDragStop={drag.stop}
        ariaLabelConfig={spoken}
        // Keys are handled for the whole window, see app/shortcuts.ts.
        deleteKeyCode={null}
        selectionOnDrag
        selectionKeyCode={null}
        multiSelectionKeyCode={addToSelection}
        panOnDrag={panButtons}
        // Wires are changed by keyboard in the inspector of their layers; otherwise Tab would visit each of them.
        edgesFocusable={false}
        panOnScroll
        zoomOnDoubleClick={false}
        onSelectionStart={beginBox}
        onSelectionEnd={endBox}
        selectionMode={SelectionMode.Partial}
        snapToGrid
        snapGrid={snapGrid}
        minZoom={0.02}
        maxZoom={2.5}
        onNodeDoubleClick={openDoubleClicked}
        onInit={open}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} color="var(--canvas-dots)" />
        {(farWires || moved) && <FarWires onlyMoved={!farWires} />}
        <CanvasToolbar />
        <Legend />
        {nodes.length > 0 && (
          <Panel position="bottom-right" className="canvas__map">
            <OverviewMap />
          </Panel>
        )}
      </ReactFlow>
    </FarView>
  )
}

/**
 * A project that comes back to the screen is where it was. An empty canvas stays where it is when the first layer
 * arrives; so the view is set once, here.
 */
function open(flow: ReactFlowInstance<CanvasNode, WireFlowEdge>): void {
  const { drawing: document, project } = useProject.getState()
  const size = window.document.querySelector('.canvas')?.getBoundingClientRect()
  const kept = project ? viewOf(project.id) : undefined
  const view = kept ?? (document && size && openingView(document, size))
  if (view) void flow.setViewport(view)
}

function openDoubleClicked(_event: unknown, node: CanvasNode): void {
  if (isLayerNode(node)) openBlock(node.id)
}

function beginBox(): void {
  noteBox(true)
}

function endBox(): void {
  noteBox(false)
}

function connect(connection: FlowConnection): void {
  const edit = connectPorts(connection)
  if (edit) dispatch(edit)
}

/** Makes one drag one step of undo, insertion into a wire included, and shows the wire a dragged layer would split. */
function useDragGesture() {
  const gesture = useRef<string | undefined>(undefined)
  const start = useCallback(() => {
    gestures += 1
    gesture.current = `drag:${gestures}`
  }, [])
  const move: OnNodeDrag<CanvasNode> = useCallback((event, node, dragged) => {
    if (!('clientX' in event) || dragged.length !== 1) return
    const overWire = isLoose(node.id) ? wireAt(event.clientX, event.clientY) : null
    if (overWire !== usePaletteDrag.getState().overWire) usePaletteDrag.setState({ overWire })
  }, [])
  const stop: OnNodeDrag<CanvasNode> = useCallback((_event, node) => {
    const { overWire } = usePaletteDrag.getState()
    usePaletteDrag.setState({ overWire: null })
    if (overWire !== null && gesture.current !== undefined) dropOnWire(node.id, overWire, gesture.current)
    gesture.current = undefined
    useProject.getState().sealHistory()
  }, [])
  return { gesture, start, move, stop }
}

/** A layer without wires, of a kind that could stand in one. */
function isLoose(layerId: string): boolean {
  const { drawing: document } = useProject.getState()
  const layer = document?.layers.find((candidate) => candidate.id === layerId)
  const definition = layer && document && layerFace(document, layer.kind)
  if (!document || !definition || definition.inputs.length === 0 || definition.outputs.length === 0)
    return false
  return !document.connections.some((wire) => wire.source === layerId || wire.target === layerId)
}
