import type { MenuCommand } from '../../src-core/ipc/contract.ts'
import { deleteSelection, duplicateSelection, selectAll } from '../canvas/selection-actions.ts'
import { tidy } from '../canvas/tidy.ts'
import { flush } from '../state/autosave.ts'
import { canvas } from '../state/canvas-handle.ts'
import { useEngines } from '../state/engine-store.ts'
import { isActive } from '../state/live-run.ts'
import { createProject, openFile, saveProject, saveProjectAs } from '../state/project-actions.ts'
import { useProject } from '../state/project-store.ts'
import { useRuns } from '../state/run-store.ts'
import { useUi } from '../state/ui-store.ts'
import { isDark } from './theme.ts'

/** Everything a person can do by menu or key: the native menu's commands and a few of the canvas. */
export type CommandName = MenuCommand | 'duplicate' | 'tidy' | 'search' | 'deselect'

function train(): void {
  useUi.getState().openDock('training')
  void useRuns.getState().start()
}

function stop(): void {
  const { live, stop: stopRun } = useRuns.getState()
  const active = Object.values(live).find((run) => isActive(run.status))
  if (active) void stopRun(active.runId)
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('[data-palette-search]')?.focus()
}

const actions: Readonly<Record<CommandName, () => void>> = {
  new: () => void createProject(),
  open: () => void openFile(),
  save: () => void saveProject(),
  saveAs: () => void saveProjectAs(),
  autosave: () => void flush(),
  undo: () => useProject.getState().undo(),
  redo: () => useProject.getState().redo(),
  delete: deleteSelection,
  selectAll,
  duplicate: duplicateSelection,
  deselect: () => useProject.getState().select([]),
  train,
  stop,
  engines: () => useEngines.getState().show(),
  zoomIn: () => canvas()?.zoomIn(),
  zoomOut: () => canvas()?.zoomOut(),
  zoomToFit: () => canvas()?.fit(),
  theme: () => useUi.getState().setTheme(isDark(useUi.getState().theme) ? 'light' : 'dark'),
  tidy,
  search: focusSearch,
}

/** Does what a menu item or a key stands for. */
export function runCommand(name: CommandName): void {
  actions[name]()
}
