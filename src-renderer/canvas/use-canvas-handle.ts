import { useEffect } from 'react'
import { useReactFlow, useStoreApi } from 'reactflow'
import { notesOf } from '../../src-core/document/canvas-part.ts'
import { type CanvasHandle, provideCanvas } from '../state/canvas-handle.ts'
import { keepView } from '../state/canvas-views.ts'
import { usePicker } from '../state/picker-store.ts'
import { useProject } from '../state/project-store.ts'
import type { CanvasNode, WireFlowEdge } from './flow-types.ts'
import { fitBelowPath, fitOptions, layerHeight, layerWidth } from './geometry.ts'

/** How long the view takes to move; no time for people who asked for less motion. */
export function glide(): { duration: number } {
  return { duration: window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 180 }
}

function cardOf(layerId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(layerId)}"]`)
}

function surface(): DOMRect | undefined {
  return document.querySelector('.canvas')?.getBoundingClientRect()
}

/** Lets the rest of the window move this canvas's view. */
export function useCanvasHandle(): void {
  const flow = useReactFlow<CanvasNode, WireFlowEdge>()
  const store = useStoreApi()
  useEffect(() => {
    const sizeOf = (layerId: string) => {
      const measured = flow.getNode(layerId)?.measured
      return measured?.width && measured.height
        ? { width: measured.width, height: measured.height }
        : undefined
    }
    const middleOf = (layerId: string) => {
      const layer = useProject.getState().drawing?.layers.find((candidate) => candidate.id === layerId)
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
      cardOf(layerId)?.focus({ preventScroll: true })
    }
    const show = (what: Parameters<CanvasHandle['show']>[0]) => {
      const { drawing: document, select } = useProject.getState()
      const note = 'noteId' in what && document && notesOf(document).find(({ id }) => id === what.noteId)
      const middle =
        'layerId' in what
          ? middleOf(what.layerId)
          : note && {
              x: note.position.x + note.size.width / 2,
              y: note.position.y + note.size.height / 2,
            }
      if (!middle) return
      if ('layerId' in what) select([what.layerId])
      else select([], [], [what.noteId])
      void flow.setCenter(middle.x, middle.y, { zoom: Math.max(view().zoom, 0.6), ...glide() })
    }
    const focus = (layerId: string) => {
      reveal(layerId)
      // In the next frame, when a layer that was just added is drawn.
      requestAnimationFrame(() => {
        // A list that was opened meanwhile would be closed by losing the focus, and a field that is typed into keeps it.
        const isTakenElsewhere = document.activeElement?.matches('input, textarea, [role="dialog"] *')
        if (usePicker.getState().picker !== null || isTakenElsewhere) return
        cardOf(layerId)?.focus({ preventScroll: true })
      })
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
    const projectId = useProject.getState().project?.id
    const leave = provideCanvas({
      zoomIn: () => void flow.zoomIn(glide()),
      zoomOut: () => void flow.zoomOut(glide()),
      // In the next frame, when what was just added or moved is drawn.
      fit: () =>
        requestAnimationFrame(() => {
          const options = useProject.getState().entered.length > 0 ? fitBelowPath : fitOptions
          void flow.fitView({ ...options, ...glide() })
        }),
      focusLayer,
      show,
      focus,
      middle: () => {
        const { left = 0, top = 0, width = 0, height = 0 } = surface() ?? {}
        return { x: left + width / 2, y: top + height / 2 }
      },
      beside: (layerId) => {
        const card = cardOf(layerId)?.getBoundingClientRect()
        return card && { x: card.right, y: card.top }
      },
      reveal,
      centre,
      toDocument: (point) => flow.screenToFlowPosition(point, { snapToGrid: false }),
      sizeOf,
    })
    return () => {
      leave()
      const [x, y, zoom] = store.getState().transform
      // One that has not been looked at yet has no view.
      const isSet = x !== 0 || y !== 0 || zoom !== 1
      if (projectId !== undefined && isSet) keepView(projectId, { x, y, zoom })
    }
  }, [flow, store])
}
