import { create } from 'zustand'

interface PaletteDrag {
  /** The kind being dragged from the palette; null when none is. */
  readonly kind: string | null
  readonly x: number
  readonly y: number
  /** The wire that would be split if the layer was let go now. */
  readonly overWire: string | null
}

/** A layer on its way from the palette to the canvas. */
export const usePaletteDrag = create<PaletteDrag>()(() => ({ kind: null, x: 0, y: 0, overWire: null }))

/** Less than this is a click with an unsteady hand. */
const startsAfterPixels = 4

export interface DropTarget {
  readonly x: number
  readonly y: number
  readonly wire: string | null
}

/**
 * Follows the pointer from a press on the palette until it is let go: over the canvas the layer is dropped there,
 * anywhere else, or after Escape, nothing happens.
 */
export function startPaletteDrag(
  press: { readonly clientX: number; readonly clientY: number; readonly pointerId: number },
  kind: string,
  splitsWires: boolean,
  onDrop: (target: DropTarget) => void,
): void {
  const abort = new AbortController()
  const { signal } = abort
  const end = () => {
    abort.abort()
    usePaletteDrag.setState({ kind: null, overWire: null })
  }
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== press.pointerId) return
    const far = Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) >= startsAfterPixels
    if (usePaletteDrag.getState().kind === null && !far) return
    const overWire = splitsWires ? wireAt(event.clientX, event.clientY) : null
    usePaletteDrag.setState({ kind, x: event.clientX, y: event.clientY, overWire })
  }
  const onUp = (event: PointerEvent) => {
    if (event.pointerId !== press.pointerId) return
    const { kind: dragged, overWire } = usePaletteDrag.getState()
    end()
    if (dragged !== null && isOverCanvas(event.clientX, event.clientY)) {
      onDrop({ x: event.clientX, y: event.clientY, wire: overWire })
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') end()
  }
  window.addEventListener('pointermove', onMove, { signal })
  window.addEventListener('pointerup', onUp, { signal })
  window.addEventListener('pointercancel', end, { signal })
  window.addEventListener('keydown', onKeyDown, { signal })
}

function isOverCanvas(x: number, y: number): boolean {
  return document.elementFromPoint(x, y)?.closest('.canvas') !== null
}

/** The wire under a point of the window, layers on top of it or not. */
export function wireAt(x: number, y: number, except?: string): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest('.react-flow__edge')?.getAttribute('data-id')
    if (id !== null && id !== undefined && id !== except) return id
  }
  return null
}
