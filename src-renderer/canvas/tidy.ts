import { canvas } from '../state/canvas-handle.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { tidyEdit } from './layout.ts'

/** Arranges the drawing and shows all of it. */
export function tidy(): void {
  const { drawing: document } = useProject.getState()
  if (!document) return
  const edit = tidyEdit(document, (layerId) => canvas()?.sizeOf(layerId))
  if (edit) dispatch(edit)
  canvas()?.fit()
}
