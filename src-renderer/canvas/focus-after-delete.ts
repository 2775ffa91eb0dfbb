import { canvas } from '../state/canvas-handle.ts'
import { useProject } from '../state/project-store.ts'
import { walkFrom } from './walk.ts'

/**
 * The layer that gets the focus when the selected ones are deleted: the next one along the wires that stays. Undefined
 * while no layer has the focus, so that a mouse's work does not move it.
 */
export function heirOfFocus(): string | undefined {
  const { drawing: document, selectedLayers } = useProject.getState()
  const focused = window.document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id')
  if (!document || !focused || !selectedLayers.has(focused)) return undefined
  for (const direction of ['up', 'down'] as const) {
    for (let next = walkFrom(document, focused, direction); next; ) {
      if (!selectedLayers.has(next.id)) return next.id
      const further = walkFrom(document, next.id, direction)
      // A circle of selected layers leads nowhere else.
      next = further?.id === focused ? undefined : further
    }
  }
  return undefined
}

/** Gives the focus to a layer that stayed. */
export function passFocusTo(layerId: string | undefined): void {
  if (layerId !== undefined) canvas()?.focus(layerId)
}
