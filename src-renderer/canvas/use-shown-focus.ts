import { useEffect } from 'react'
import { useReactFlow } from 'reactflow'
import { glide } from './use-canvas-handle.ts'

/** So far from the edge of the canvas what has the focus is in sight, in pixels. */
const margin = 8

/**
 * Moves the view to what Tab leads to on the canvas: layers, notes, frames, and what can be pressed or followed in them. React Flow
 * does so for nodes of which nothing is in sight; here for those that are cut off or covered, and for what is in them. Whoever
 * gives the focus without Tab shows it as well, or leaves the view alone on purpose.
 */
export function useShownFocus(): void {
  const flow = useReactFlow()
  useEffect(() => {
    let byTab = false
    const onKeyDown = ({ key }: KeyboardEvent) => {
      byTab = key === 'Tab'
    }
    const onPointerDown = () => {
      byTab = false
    }
    const onFocusIn = ({ target }: FocusEvent) => {
      if (!byTab || !(target instanceof HTMLElement) || !target.closest('.react-flow__node')) return
      // In the next frame, when what React Flow has moved by itself is drawn.
      requestAnimationFrame(() => {
        if (document.activeElement === target) show(target)
      })
    }
    const show = (target: HTMLElement) => {
      const surface = target.closest('.react-flow')?.getBoundingClientRect()
      if (!surface) return
      const part = shownPart(target, surface)
      if (isInSight(part, surface)) return
      const middle = flow.screenToFlowPosition(middleOf(part), { snapToGrid: false })
      void flow.setCenter(middle.x, middle.y, { zoom: flow.getZoom(), ...glide() })
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    window.addEventListener('pointerdown', onPointerDown, { capture: true })
    window.addEventListener('focusin', onFocusIn)
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      window.removeEventListener('pointerdown', onPointerDown, { capture: true })
      window.removeEventListener('focusin', onFocusIn)
    }
  }, [flow])
}

/** All of it; of what is larger than the canvas, such as a frame, the beginning. */
function shownPart(target: HTMLElement, surface: DOMRect): DOMRect {
  const { left, top, width, height } = target.getBoundingClientRect()
  const most = { width: surface.width - 2 * margin, height: surface.height - 2 * margin }
  return new DOMRect(left, top, Math.min(width, most.width), Math.min(height, most.height))
}

function isInSight(part: DOMRect, surface: DOMRect): boolean {
  // Whole pixels: zoom leaves fractions.
  const isWithin =
    part.left >= surface.left + margin - 1 &&
    part.top >= surface.top + margin - 1 &&
    part.right <= surface.right - margin + 1 &&
    part.bottom <= surface.bottom - margin + 1
  if (!isWithin) return false
  const { x, y } = middleOf(part)
  // The map, the legend and other things that lie on the canvas are no part of the drawing.
  return document.elementFromPoint(x, y)?.closest('.react-flow__renderer') != null
}

function middleOf({ left, top, width, height }: DOMRect): { x: number; y: number } {
  return { x: left + width / 2, y: top + height / 2 }
}
