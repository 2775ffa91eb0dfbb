import { z } from 'zod'
import { runEventSchema } from '../training/run-event.ts'
import { id } from './values.ts'

/**
 * What the native menu can ask a window for. `autosave` is in no menu: main sends it when the window is about to
 * close with unsaved changes, and waits a moment for `window.setState` with `dirty: false`.
 */
export const menuCommands = [
  'new',
  'open',
  'save',
  'saveAs',
  'closeTab',
  'reopenTab',
  'nextTab',
  'previousTab',
  'autosave',
  'undo',
  'redo',
  'delete',
  'selectAll',
  'train',
  'stop',
  'engines',
  'zoomIn',
  'zoomOut',
  'zoomToFit',
  'theme',
  'larger',
  'smaller',
  'usualSize',
  'languageSystem',
  'languageEnglish',
  'languageChinese',
] as const
export type MenuCommand = (typeof menuCommands)[number]

/**
 * What the native menu can still ask for while a dialog is open in the window. Everything else would be done to what is
 * beneath the dialog; `closeTab` closes the dialog then.
 */
export const menuCommandsOverDialogs: ReadonlySet<string> = new Set<MenuCommand>([
  'closeTab',
  'autosave',
  'stop',
  'theme',
  'larger',
  'smaller',
  'usualSize',
  'languageSystem',
  'languageEnglish',
  'languageChinese',
])

/** What main tells windows without being asked. */
export const pushes = {
  'runs.event': z.object({ runId: id, event: runEventSchema }),
  /** How far an installation has come: what is being done, and the share of the whole from 0 to 1. */
  'engines.progress': z.object({ step: z.string(), fraction: z.number() }),
  /** The file of the project may have been changed by another program: ask `projects.outsideChange`. */
  'projects.fileTouched': z.object({ projectId: id }),
  'menu.command': z.object({ command: z.enum(menuCommands) }),
} as const
export type Push = keyof typeof pushes
export type PushValue<P extends Push> = z.output<(typeof pushes)[P]>
