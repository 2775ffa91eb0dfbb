/** What the rest of the window may ask the canvas to do with its view. */
export interface CanvasHandle {
  readonly zoomIn: () => void
  readonly zoomOut: () => void
  /** Shows everything. */
  readonly fit: () => void
  /** Brings one layer into the middle, selected and focused. */
  readonly focusLayer: (layerId: string) => void
  /** Brings a layer or a note into the middle, selected; the focus stays where it is. */
  readonly show: (what: { readonly layerId: string } | { readonly noteId: string }) => void
  /** Gives a layer the focus, moving the view just so far that it can be seen. */
  readonly focus: (layerId: string) => void
  /** The middle of the canvas as a point of the window. */
  readonly middle: () => { readonly x: number; readonly y: number }
  /** The point of the window at the upper right corner of a drawn layer. */
  readonly beside: (layerId: string) => { readonly x: number; readonly y: number } | undefined
  /** The middle of the visible part, in document coordinates. */
  readonly centre: () => { readonly x: number; readonly y: number }
  /** Moves the view just so far that a layer can be seen. */
  readonly reveal: (layerId: string) => void
  /** A point of the window in document coordinates. */
  readonly toDocument: (point: { readonly x: number; readonly y: number }) => {
    readonly x: number
    readonly y: number
  }
  /** Height and width of a drawn layer; undefined while it is not drawn. */
  readonly sizeOf: (layerId: string) => { readonly width: number; readonly height: number } | undefined
}

let current: CanvasHandle | undefined

/** The canvas on screen; undefined on the start page. */
export function canvas(): CanvasHandle | undefined {
  return current
}

/** Called by the canvas when it appears; returns what takes it away. */
export function provideCanvas(handle: CanvasHandle): () => void {
  current = handle
  return () => {
    if (current === handle) current = undefined
  }
}
