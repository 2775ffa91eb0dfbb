import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { layerHeight, layerWidth } from './geometry.ts'

export interface View {
  /** Where the document's origin is, in pixels of the view. */
  readonly x: number
  readonly y: number
  readonly zoom: number
}

const margin = { side: 32, top: 28, bottom: 64 }
/** Everything on a card can be read from here on. */
const readableZoom = 0.75
const largestZoom = 1.1

/**
 * How a document is first shown: all of it where it can be read at that size, else its beginning, from the top.
 * Undefined for an empty document.
 */
export function openingView(
  document: Pick<ModelDocument, 'layers'>,
  size: { readonly width: number; readonly height: number },
): View | undefined {
  if (document.layers.length === 0) return undefined
  const left = Math.min(...document.layers.map(({ position }) => position.x))
  const right = Math.max(...document.layers.map(({ position }) => position.x)) + layerWidth
  const top = Math.min(...document.layers.map(({ position }) => position.y))
  const bottom = Math.max(...document.layers.map(({ position }) => position.y)) + layerHeight
  const room = {
    width: Math.max(1, size.width - 2 * margin.side),
    height: Math.max(1, size.height - margin.top - margin.bottom),
  }
  const whole = Math.min(room.width / (right - left), room.height / (bottom - top), largestZoom)
  const zoom = Math.max(whole, readableZoom)
  const inMiddle = (room.height - (bottom - top) * zoom) / 2
  const fitsAcross = (right - left) * zoom <= room.width
  return {
    // Too wide to be read as a whole: from its left edge, too high: from its top.
    x: fitsAcross ? size.width / 2 - ((left + right) / 2) * zoom : margin.side - left * zoom,
    y: margin.top + Math.max(0, inMiddle) - top * zoom,
    zoom,
  }
}
