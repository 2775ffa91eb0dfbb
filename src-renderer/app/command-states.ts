import { t } from '../../src-core/language/t.ts'
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
  useProject.getState().document ? undefined : t('Open a project first.')

export const needsLayers: Condition = () =>
  useProject.getState().drawing?.layers.length ? undefined : t('The canvas has no layers yet.')

/** At least so many selected layers. */
export function needsSelected(count: number): Condition {
  return () => {
    if (useProject.getState().selectedLayers.size >= count) return undefined
    return count === 1
      ? t('Select a layer first.')
      : t('Select at least {{count, number}} layers first.', { count })
  }
}

/** At least one layer or note. */
export const needsCopyable: Condition = () => {
  const { selectedLayers, selectedNotes } = useProject.getState()
  return selectedLayers.size + selectedNotes.size > 0 ? undefined : t('Select a layer first.')
}

/** One layer, or a note. */
export const needsNameable: Condition = () =>
  selectedLayer() || useProject.getState().selectedNotes.size > 0 ? undefined : t('Select one layer first.')

export const needsOneLayer: Condition = () => (selectedLayer() ? undefined : t('Select one layer first.'))

export const needsBlock: Condition = () => (selectedBlock() ? undefined : t('Select a block first.'))

export const needsEntered: Condition = () =>
  useProject.getState().entered.length > 0 ? undefined : t('No block is open.')

export const needsSelection: Condition = () => {
  const { selectedLayers, selectedConnections, selectedNotes } = useProject.getState()
  const count = selectedLayers.size + selectedConnections.size + selectedNotes.size
  return count > 0 ? undefined : t('Select layers or wires first.')
}

export const needsWire: Condition = () => {
  const { drawing: document, selectedConnections } = useProject.getState()
  const layer = selectedLayer()
  if (!layer) return selectedConnections.size > 0 ? undefined : t('Select a layer or a wire first.')
  const wired = document?.connections.some(({ source, target }) => source === layer.id || target === layer.id)
  return wired ? undefined : t('{{name}} has no wires.', { name: layer.name })
}

export const needsUndo: Condition = () =>
  useProject.getState().history.done.length > 0 ? undefined : t('There is nothing to undo.')

export const needsRedo: Condition = () =>
  useProject.getState().history.undone.length > 0 ? undefined : t('There is nothing to redo.')

export const needsArranging: Condition = () =>
  useArranging.getState().layers === null ? t('Nothing is being arranged.') : undefined

export const needsSearch: Condition = () =>
  useReading.getState().search === null ? t('Search the drawing first.') : undefined

export const needsFocus: Condition = () =>
  useReading.getState().path === null ? t('No path is in focus.') : undefined

export const needsRun: Condition = () =>
  Object.values(useRuns.getState().live).some(({ status }) => isActive(status))
    ? undefined
    : t('No training is running.')
