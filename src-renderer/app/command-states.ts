import { selectedBlock } from '../canvas/block-actions.ts'
import { selectedLayer } from '../canvas/layer-actions.ts'
import { useArranging } from '../state/arranging-store.ts'
import { isActive } from '../state/live-run.ts'
import { useProject } from '../state/project-store.ts'
import { useReading } from '../state/reading-store.ts'
import { useRuns } from '../state/run-store.ts'

/** Why a command cannot be used now, in a sentence; undefined when it can. */
export type Condition = () => string | undefined

export const needsProject: Condition = () =>
  useProject.getState().document ? undefined : 'Open a project first.'

export const needsLayers: Condition = () =>
  useProject.getState().drawing?.layers.length ? undefined : 'The canvas has no layers yet.'

/** At least so many selected layers. */
export function needsSelected(count: number): Condition {
  return () => {
    if (useProject.getState().selectedLayers.size >= count) return undefined
    return count === 1 ? 'Select a layer first.' : `Select at least ${count} layers first.`
  }
}

/** At least one layer or note. */
export const needsCopyable: Condition = () => {
  const { selectedLayers, selectedNotes } = useProject.getState()
  return selectedLayers.size + selectedNotes.size > 0 ? undefined : 'Select a layer first.'
}

/** One layer, or a note. */
export const needsNameable: Condition = () =>
  selectedLayer() || useProject.getState().selectedNotes.size > 0 ? undefined : 'Select one layer first.'

export const needsOneLayer: Condition = () => (selectedLayer() ? undefined : 'Select one layer first.')

export const needsBlock: Condition = () => (selectedBlock() ? undefined : 'Select a block first.')

export const needsEntered: Condition = () =>
  useProject.getState().entered.length > 0 ? undefined : 'No block is open.'

export const needsSelection: Condition = () => {
  const { selectedLayers, selectedConnections, selectedNotes } = useProject.getState()
  const count = selectedLayers.size + selectedConnections.size + selectedNotes.size
  return count > 0 ? undefined : 'Select layers or wires first.'
}

export const needsWire: Condition = () => {
  const { drawing: document, selectedConnections } = useProject.getState()
  const layer = selectedLayer()
  if (!layer) return selectedConnections.size > 0 ? undefined : 'Select a layer or a wire first.'
  const wired = document?.connections.some(({ source, target }) => source === layer.id || target === layer.id)
  return wired ? undefined : `${layer.name} has no wires.`
}

export const needsUndo: Condition = () =>
  useProject.getState().history.done.length > 0 ? undefined : 'There is nothing to undo.'

export const needsRedo: Condition = () =>
  useProject.getState().history.undone.length > 0 ? undefined : 'There is nothing to redo.'

export const needsArranging: Condition = () =>
  useArranging.getState().layers === null ? 'Nothing is being arranged.' : undefined

export const needsSearch: Condition = () =>
  useReading.getState().search === null ? 'Search the drawing first.' : undefined

export const needsFocus: Condition = () =>
  useReading.getState().path === null ? 'No path is in focus.' : undefined

export const needsRun: Condition = () =>
  Object.values(useRuns.getState().live).some(({ status }) => isActive(status))
    ? undefined
    : 'No training is running.'
