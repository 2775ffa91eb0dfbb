import type { LanguageChoice } from '../../src-core/language/language.ts'
import { mark } from '../../src-core/language/t.ts'
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
import { isDark } from './theme.ts'

export const commandGroups = [
  mark('File'),
  mark('Edit'),
  mark('Layer'),
  mark('Arrange'),
  mark('Go'),
  mark('View'),
  mark('Training'),
] as const
export type CommandGroup = (typeof commandGroups)[number]

export interface Command {
  readonly group: CommandGroup
  /** What the palette and the shortcut table call it; translated where it is shown. */
  readonly title: string
  /** Words that the palette finds it by besides, for people who cannot read the language it is in. */
  readonly words?: string
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

function language(choice: LanguageChoice, title: string, words: string): Command {
  return { group: 'View', title, words, run: () => useUi.getState().setLanguage(choice) }
}

/** Every command: its name for people, what it does, and when it cannot be used. */
export const commandList: Readonly<Record<CommandName, Command>> = {
  new: { group: 'File', title: mark('New project'), run: () => void createProject() },
  open: { group: 'File', title: mark('Open file…'), run: () => void openFile() },
  save: { group: 'File', title: mark('Save'), run: () => void saveProject(), unavailable: needsProject },
  saveAs: {
    group: 'File',
    title: mark('Save as…'),
    run: () => void saveProjectAs(),
    unavailable: needsProject,
  },
  close: {
    group: 'File',
    title: mark('Back to the start page'),
    run: () => void closeProject(),
    unavailable: needsProject,
  },
  compare: {
    group: 'File',
    title: mark('Compare with…'),
    run: compareDrawing,
    unavailable: needsProject,
  },
  autosave: { group: 'File', title: mark('Keep unsaved changes'), run: () => void flush(), hidden: true },
  undo: {
    group: 'Edit',
    title: mark('Undo'),
    run: () => useProject.getState().undo(),
    unavailable: needsUndo,
  },
  redo: {
    group: 'Edit',
    title: mark('Redo'),
    run: () => useProject.getState().redo(),
    unavailable: needsRedo,
  },
  cut: { group: 'Edit', title: mark('Cut layers'), run: () => void cut(), unavailable: needsCopyable },
  copy: { group: 'Edit', title: mark('Copy layers'), run: () => void copy(), unavailable: needsCopyable },
  paste: { group: 'Edit', title: mark('Paste layers'), run: () => void paste(), unavailable: needsProject },
  duplicate: { group: 'Edit', title: mark('Duplicate'), run: duplicateSelection, unavailable: needsCopyable },
  delete: { group: 'Edit', title: mark('Delete'), run: deleteSelection, unavailable: needsSelection },
  selectAll: { group: 'Edit', title: mark('Select all'), run: selectAll, unavailable: needsLayers },
  deselect: {
    group: 'Edit',
    title: mark('Select nothing'),
    run: () => useProject.getState().select([]),
    unavailable: needsSelection,
  },
  ...canvasCommands,
  ...arrangeCommands,
  ...readingCommands,
  zoomIn: { group: 'View', title: mark('Zoom in'), run: () => canvas()?.zoomIn(), unavailable: needsProject },
  zoomOut: {
    group: 'View',
    title: mark('Zoom out'),
    run: () => canvas()?.zoomOut(),
    unavailable: needsProject,
  },
  zoomToFit: {
    group: 'View',
    title: mark('Zoom to fit'),
    run: () => canvas()?.fit(),
    unavailable: needsProject,
  },
  commands: {
    group: 'View',
    title: mark('Show all commands'),
    run: () => openPicker({ type: 'commands' }),
    hidden: true,
  },
  showProblems: panel(mark('Show problems'), 'problems'),
  showData: panel(mark('Show data'), 'data'),
  showTraining: panel(mark('Show training'), 'training'),
  showRuns: panel(mark('Show runs'), 'runs'),
  showMermaid: panel(mark('Show the Mermaid diagram'), 'mermaid'),
  theme: {
    group: 'View',
    title: mark('Switch between light and dark'),
    run: () => useUi.getState().setTheme(isDark(useUi.getState().theme) ? 'light' : 'dark'),
  },
  languageSystem: language('system', mark('Language: as the system'), 'language system 语言 系统'),
  languageEnglish: language('en', mark('Language: English'), 'language English 语言 英语 英文'),
  languageChinese: language('zh-CN', mark('Language: 简体中文'), 'language Chinese 语言 中文 汉语'),
  larger: { group: 'View', title: mark('Make everything larger'), run: () => stepScale(1) },
  smaller: { group: 'View', title: mark('Make everything smaller'), run: () => stepScale(-1) },
  usualSize: {
    group: 'View',
    title: mark('Usual size of everything'),
    run: () => useUi.getState().setScale(1),
  },
  train: { group: 'Training', title: mark('Train'), run: train, unavailable: needsProject },
  stop: { group: 'Training', title: mark('Stop training'), run: stop, unavailable: needsRun },
  engines: { group: 'Training', title: mark('Engines…'), run: () => useEngines.getState().show() },
}
