import { useEffect } from 'react'
import { useReactFlow, useStoreApi } from 'reactflow'
import { provideCanvas } from '../state/canvas-handle.ts'
import { useProject } from '../state/project-store.ts'
import type { LayerFlowNode, WireFlowEdge } from './flow-types.ts'
import { fitOptions, layerHeight, layerWidth } from './geometry.ts'

function glide(): { duration: number } {
  return { duration: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 180 }
}

/** Lets the rest of the window move this canvas's view. */
export function useCanvasHandle(): void {
  const flow = useReactFlow<LayerFlowNode, WireFlowEdge>()
  const store = useStoreApi()
  useEffect(() => {
    const sizeOf = (layerId: string) => {
      const measured = flow.getNode(layerId)?.measured
      return measured?.width && measured.height
        ? { width: measured.width, height: measured.height }
        : undefined
    }
    const middleOf = (layerId: string) => {
      const layer = useProject.getState().document?.layers.find((candidate) => candidate.id === layerId)
      const size = sizeOf(layerId) ?? { width: layerWidth, height: layerHeight }
      return layer && { x: layer.position.x + size.width / 2, y: layer.position.y + size.height / 2 }
    }
    /** The visible part in document coordinates. */
    const view = () => {
      const { width, height, transform } = store.getState()
      const [x, y, zoom] = transform
      return { left: -x / zoom, top: -y / zoom, width: width / zoom, height: height / zoom, zoom }
    }
    const centre = () => {
      const { left, top, width, height } = view()
      return { x: left + width / 2, y: top + height / 2 }
    }
    const focusLayer = (layerId: string) => {
      const middle = middleOf(layerId)
      if (!middle) return
      useProject.getState().select([layerId])
      void flow.setCenter(middle.x, middle.y, { zoom: Math.max(view().zoom, 0.8), ...glide() })
      const selector = `.react-flow__node[data-id="${CSS.escape(layerId)}"]`
      document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
    }
    const reveal = (layerId: string) => {
      const middle = middleOf(layerId)
      if (!middle) return
      const { left, top, width, height, zoom } = view()
      const marginX = layerWidth / 2 + 20
      const marginY = layerHeight / 2 + 20
      const inside =
        middle.x > left + marginX &&
        middle.x < left + width - marginX &&
        middle.y > top + marginY &&
        middle.y < top + height - marginY
      if (!inside) void flow.setCenter(middle.x, middle.y, { zoom, ...glide() })
    }
    return provideCanvas({
      zoomIn: () => void flow.zoomIn(glide()),
      zoomOut: () => void flow.zoomOut(glide()),
      // In the next frame, when what was just added or moved is drawn.
      fit: () => requestAnimationFrame(() => void flow.fitView({ ...fitOptions, ...glide() })),
      focusLayer,
      reveal,
      centre,
      toDocument: (point) => flow.screenToFlowPosition(point, { snapToGrid: false }),
      sizeOf,
    })
  }, [flow, store])
}
