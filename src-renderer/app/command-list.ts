import { call } from '../bridge/call.ts'
import { copiedText, deleteCut, pasteText } from '../canvas/clipboard-actions.ts'
import { deleteSelection, duplicateSelection, selectAll } from '../canvas/selection-actions.ts'
import { flush } from '../state/autosave.ts'
import { canvas } from '../state/canvas-handle.ts'
import { compareDrawing } from '../state/compare-store.ts'
import { useEngines } from '../state/engine-store.ts'
import { isActive } from '../state/live-run.ts'
import { openPicker } from '../state/picker-store.ts'
import {
  closeProject,
  createProject,
  openFile,
  saveProject,
  saveProjectAs,
} from '../state/project-actions.ts'
import { useProject } from '../state/project-store.ts'
import { useRuns } from '../state/run-store.ts'
import { type DockTab, useUi } from '../state/ui-store.ts'
import { notifyProblems } from '../ui/toast-store.ts'
import { arrangeCommands, canvasCommands } from './canvas-commands.ts'
import type { CommandName } from './command-names.ts'
import {
  type Condition,
  needsCopyable,
  needsLayers,
  needsProject,
  needsRedo,
  needsRun,
  needsSelection,
  needsUndo,
} from './command-states.ts'
import { readingCommands } from './reading-commands.ts'
import { stepScale } from './scale.ts'
import { tabCommands } from './tabs/tab-commands.ts'
import { isDark } from './theme.ts'

export const commandGroups = ['File', 'Edit', 'Layer', 'Arrange', 'Go', 'View', 'Training'] as const
export type CommandGroup = (typeof commandGroups)[number]

export interface Command {
  readonly group: CommandGroup
  /** What the palette and the shortcut table call it. */
  readonly title: string
  readonly run: () => void
  readonly unavailable?: Condition
  /** Not worth a line of the palette: a key for what the palette itself does, or what only main asks for. */
  readonly hidden?: boolean
}

function train(): void {
  useUi.getState().openDock('training')
  void useRuns.getState().start()
}

function stop(): void {
  const { live, stop: stopRun } = useRuns.getState()
  const active = Object.values(live).find((run) => isActive(run.status))
  if (active) void stopRun(active.runId)
}

async function copy(): Promise<boolean> {
  const text = copiedText()
  if (text === undefined) return false
  const answer = await call('clipboard.writeText', { text })
  if (!answer.ok) notifyProblems(answer.problems)
  return answer.ok
}

async function cut(): Promise<void> {
  if (await copy()) deleteCut()
}

async function paste(): Promise<void> {
  const answer = await call('clipboard.readText', {})
  if (answer.ok) pasteText(answer.value.text)
  else notifyProblems(answer.problems)
}

function panel(title: string, tab: DockTab): Command {
  const run = () => useUi.getState().openDock(tab)
  return { group: 'View', title, run, unavailable: needsProject }
}

/** Every command: its name for people, what it does, and when it cannot be used. */
export const commandList: Readonly<Record<CommandName, Command>> = {
  new: { group: 'File', title: 'New project', run: () => void createProject() },
  open: { group: 'File', title: 'Open file…', run: () => void openFile() },
  save: { group: 'File', title: 'Save', run: () => void saveProject(), unavailable: needsProject },
  saveAs: { group: 'File', title: 'Save as…', run: () => void saveProjectAs(), unavailable: needsProject },
  close: {
    group: 'File',
    title: 'Back to the start page',
    run: () => void closeProject(),
    unavailable: needsProject,
  },
  ...tabCommands,
  compare: {
    group: 'File',
    title: 'Compare with…',
    run: compareDrawing,
    unavailable: needsProject,
  },
  autosave: { group: 'File', title: 'Keep unsaved changes', run: () => void flush(), hidden: true },
  undo: { group: 'Edit', title: 'Undo', run: () => useProject.getState().undo(), unavailable: needsUndo },
  redo: { group: 'Edit', title: 'Redo', run: () => useProject.getState().redo(), unavailable: needsRedo },
  cut: { group: 'Edit', title: 'Cut layers', run: () => void cut(), unavailable: needsCopyable },
  copy: { group: 'Edit', title: 'Copy layers', run: () => void copy(), unavailable: needsCopyable },
  paste: { group: 'Edit', title: 'Paste layers', run: () => void paste(), unavailable: needsProject },
  duplicate: { group: 'Edit', title: 'Duplicate', run: duplicateSelection, unavailable: needsCopyable },
  delete: { group: 'Edit', title: 'Delete', run: deleteSelection, unavailable: needsSelection },
  selectAll: { group: 'Edit', title: 'Select all', run: selectAll, unavailable: needsLayers },
  deselect: {
    group: 'Edit',
    title: 'Select nothing',
    run: () => useProject.getState().select([]),
    unavailable: needsSelection,
  },
  ...canvasCommands,
  ...arrangeCommands,
  ...readingCommands,
  zoomIn: { group: 'View', title: 'Zoom in', run: () => canvas()?.zoomIn(), unavailable: needsProject },
  zoomOut: { group: 'View', title: 'Zoom out', run: () => canvas()?.zoomOut(), unavailable: needsProject },
  zoomToFit: { group: 'View', title: 'Zoom to fit', run: () => canvas()?.fit(), unavailable: needsProject },
  commands: {
    group: 'View',
    title: 'Show all commands',
    run: () => openPicker({ type: 'commands' }),
    hidden: true,
  },
  showProblems: panel('Show problems', 'problems'),
  showData: panel('Show data', 'data'),
  showTraining: panel('Show training', 'training'),
  showRuns: panel('Show runs', 'runs'),
  showMermaid: panel('Show the Mermaid diagram', 'mermaid'),
  theme: {
    group: 'View',
    title: 'Switch between light and dark',
    run: () => useUi.getState().setTheme(isDark(useUi.getState().theme) ? 'light' : 'dark'),
  },
  larger: { group: 'View', title: 'Make everything larger', run: () => stepScale(1) },
  smaller: { group: 'View', title: 'Make everything smaller', run: () => stepScale(-1) },
  usualSize: { group: 'View', title: 'Usual size of everything', run: () => useUi.getState().setScale(1) },
  train: { group: 'Training', title: 'Train', run: train, unavailable: needsProject },
  stop: { group: 'Training', title: 'Stop training', run: stop, unavailable: needsRun },
  engines: { group: 'Training', title: 'Engines…', run: () => useEngines.getState().show() },
}
