/** A rectangle in document coordinates or in pixels of the map. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** How a part of the document is shown on the map: `map = document * scale + offset`. */
export interface MapScale {
  readonly scale: number
  readonly x: number
  readonly y: number
}

/** Around what is shown, in pixels of the map. */
const margin = 6

/** The smallest box around some. At least one has to be given. */
export function boxAround(boxes: Iterable<Box>): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + width)
    bottom = Math.max(bottom, y + height)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The scale at which a box fills the map, in its middle. */
export function scaleToFit(box: Box, map: Size): MapScale {
  const room = { width: map.width - 2 * margin, height: map.height - 2 * margin }
  const scale = Math.min(room.width / Math.max(1, box.width), room.height / Math.max(1, box.height))
  return {
    scale,
    x: map.width / 2 - (box.x + box.width / 2) * scale,
    y: map.height / 2 - (box.y + box.height / 2) * scale,
  }
}

/** A box of the document on the map. */
export function onMap({ scale, x, y }: MapScale, box: Box): Box {
  return {
    x: box.x * scale + x,
    y: box.y * scale + y,
    width: box.width * scale,
    height: box.height * scale,
  }
}

/** The point of the document under a point of the map. */
export function fromMap({ scale, x, y }: MapScale, point: { readonly x: number; readonly y: number }) {
  return { x: (point.x - x) / scale, y: (point.y - y) / scale }
}

/** The part of the document that a view of this size shows. */
export function visibleBox(transform: readonly [x: number, y: number, zoom: number], view: Size): Box {
  const [x, y, zoom] = transform
  return { x: -x / zoom, y: -y / zoom, width: view.width / zoom, height: view.height / zoom }
}
