import { type PointerEvent, useEffect, useRef } from 'react'
import { useReactFlow, useStoreApi } from 'reactflow'
import { t } from '../../../src-core/language/t.ts'
import { useResolvedColours } from '../../ui/use-colours.ts'
import { useFlow } from '../flow-store.ts'
import { shownNodes, useManyMoves } from '../many-moves/many-moves.ts'
import { drawOverview } from './draw-overview.ts'
import { overviewColours, shownBoxes } from './overview-boxes.ts'
import { boxAround, fromMap, type MapScale, scaleToFit, visibleBox } from './overview-geometry.ts'
import './overview-map.css'

const size = { width: 150, height: 110 }
const chromeColours = [
  'color-mix(in srgb, var(--surface-app) 70%, transparent)',
  'var(--border-strong)',
  'var(--accent)',
] as const

/**
 * The map of the whole drawing in the corner: a press brings that place into the middle, dragging moves the view, the wheel
 * zooms. It is painted, once per frame at most: React Flow's own is a thousand elements that follow every step of a drag.
 */
export function OverviewMap() {
  const element = useRef<HTMLCanvasElement>(null)
  const scale = useRef<MapScale>({ scale: 1, x: 0, y: 0 })
  const held = useRef(false)
  const store = useStoreApi()
  const flow = useReactFlow()
  const colours = useResolvedColours(overviewColours)
  const chrome = useResolvedColours(chromeColours)
  useEffect(() => {
    const context = element.current?.getContext('2d')
    if (!element.current || !context) return
    const density = window.devicePixelRatio
    element.current.width = Math.round(size.width * density)
    element.current.height = Math.round(size.height * density)
    context.scale(density, density)
    let frame = 0
    const paint = () => {
      frame = 0
      const boxes = shownBoxes(shownNodes(useFlow.getState().nodes, useManyMoves.getState()))
      const { transform, width, height } = store.getState()
      const view = visibleBox(transform, { width, height })
      // While the view is held the ground under the hand stays where it is.
      if (!held.current) scale.current = scaleToFit(boxAround([...boxes, view]), size)
      const [mask = '', edge = '', accent = ''] = chrome
      drawOverview(context, {
        boxes,
        view,
        scale: scale.current,
        size,
        colours,
        chrome: { mask, frame: edge, accent },
      })
    }
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(paint)
    }
    ask()
    const stops = [store.subscribe(ask), useFlow.subscribe(ask), useManyMoves.subscribe(ask)]
    return () => {
      cancelAnimationFrame(frame)
      for (const stop of stops) stop()
    }
  }, [store, colours, chrome])
  useWheel(element, (event) => {
    const zoom = flow.getZoom() * 2 ** (-event.deltaY * (event.ctrlKey ? 0.02 : 0.002))
    void flow.zoomTo(zoom)
  })
  const moveTo = (event: PointerEvent<HTMLCanvasElement>) => {
    const place = event.currentTarget.getBoundingClientRect()
    const point = fromMap(scale.current, { x: event.clientX - place.x, y: event.clientY - place.y })
    void flow.setCenter(point.x, point.y, { zoom: flow.getZoom() })
  }
  const letGo = () => {
    held.current = false
    // Painted again with all of the drawing on the map.
    void flow.setViewport(flow.getViewport())
  }
  return (
    <canvas
      ref={element}
      className="overview-map"
      style={size}
      role="img"
      aria-label={t('Map of the drawing')}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        held.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
        moveTo(event)
      }}
      onPointerMove={(event) => {
        if (held.current) moveTo(event)
      }}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    />
  )
}

/** React listens to the wheel passively, so that it could not keep the window from scrolling or zooming. */
function useWheel(element: React.RefObject<HTMLCanvasElement | null>, onWheel: (event: WheelEvent) => void) {
  const latest = useRef(onWheel)
  latest.current = onWheel
  useEffect(() => {
    const target = element.current
    const listen = (event: WheelEvent) => {
      event.preventDefault()
      event.stopPropagation()
      latest.current(event)
    }
    target?.addEventListener('wheel', listen, { passive: false })
    return () => target?.removeEventListener('wheel', listen)
  }, [element])
}
