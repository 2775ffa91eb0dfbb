import type { ShownBox } from './overview-boxes.ts'
import { type Box, type MapScale, onMap, type Size } from './overview-geometry.ts'

export interface OverviewPicture {
  readonly boxes: readonly ShownBox[]
  /** What the canvas shows. */
  readonly view: Box
  readonly scale: MapScale
  readonly size: Size
  /** Of `overviewColours`, as they are now. */
  readonly colours: readonly string[]
  readonly chrome: { readonly mask: string; readonly frame: string; readonly accent: string }
}

/** Layers can be smaller than this on the map, but are not drawn smaller. */
const smallest = 1.5

/** Draws the map: notes, layers over them, and a veil over what the canvas does not show. */
export function drawOverview(context: CanvasRenderingContext2D, picture: OverviewPicture): void {
  const { boxes, view, scale, size, colours, chrome } = picture
  context.clearRect(0, 0, size.width, size.height)
  for (const faint of [true, false]) {
    for (const box of boxes) {
      if (box.faint !== faint) continue
      const { x, y, width, height } = onMap(scale, box)
      context.globalAlpha = box.selected ? 1 : faint ? 0.45 : 0.7
      context.fillStyle = box.selected ? chrome.accent : (colours[box.colour] ?? chrome.frame)
      context.fillRect(x, y, Math.max(smallest, width), Math.max(smallest, height))
    }
  }
  context.globalAlpha = 1
  const shown = onMap(scale, view)
  context.fillStyle = chrome.mask
  context.beginPath()
  context.rect(0, 0, size.width, size.height)
  context.rect(shown.x, shown.y, shown.width, shown.height)
  context.fill('evenodd')
  context.strokeStyle = chrome.frame
  context.lineWidth = 1
  context.strokeRect(shown.x, shown.y, shown.width, shown.height)
}
