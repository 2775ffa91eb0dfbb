/** Where the drawing's origin is in the canvas, in pixels, and how large it is shown. */
export interface CanvasView {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

const views = new Map<number, CanvasView>()

/** Where a project's canvas was looked at when it was last on the screen; undefined when it has not been yet. */
export function viewOf(projectId: number): CanvasView | undefined {
  return views.get(projectId)
}

/** Called by the canvas when it goes. */
export function keepView(projectId: number, view: CanvasView): void {
  views.set(projectId, view)
}

/** A project that is opened anew is shown from its beginning. */
export function forgetView(projectId: number): void {
  views.delete(projectId)
}
