import { currentLanguage } from '../../src-core/language/t.ts'
import { call, subscribe } from '../bridge/call.ts'
import { cancelTidy } from '../canvas/tidy.ts'
import { startAutosave } from '../state/autosave.ts'
import { startBatchFeed } from '../state/batch-store.ts'
import { startCompiling } from '../state/compile-store.ts'
import { startEngineFeed } from '../state/engine-store.ts'
import { startMemoryFeed } from '../state/memory-store.ts'
import { startPreviewFeed } from '../state/preview-feed.ts'
import { useProject } from '../state/project-store.ts'
import { startProvidingSamples } from '../state/provide-samples.ts'
import { forgetReading } from '../state/reading-store.ts'
import { startRunProjects } from '../state/run-projects.ts'
import { startRunFeed } from '../state/run-store.ts'
import { lookAtFile } from '../state/tab-actions.ts'
import { openProjects, useTabs } from '../state/tabs-store.ts'
import { useUi } from '../state/ui-store.ts'
import { isTouring } from '../tour/start-tour.ts'
import { closeDialog, isDialogOpen, useOpenDialogs } from '../ui/open-dialogs.ts'
import { startClipboard } from './clipboard-events.ts'
import { runCommand, runMenuCommand, whyUnavailable } from './commands.ts'
import { startScale } from './scale.ts'
import { commandFor, commandsFor, isShortcutOf } from './shortcuts.ts'

/** Starts what runs beside the components: keys, native menu, autosave, compiling, run events. Returns what ends it. */
export function startServices(): () => void {
  const stops = [
    startCompiling(),
    startAutosave(),
    startProvidingSamples(),
    startRunFeed(),
    startEngineFeed(),
    startMemoryFeed(),
    startPreviewFeed(),
    startBatchFeed(),
    startWindowState(),
    startKeys(),
    startScale(),
    startClipboard(),
    useProject.subscribe((state, before) => {
      if (state.project?.id !== before.project?.id) forgetReading()
    }),
    startRunProjects(),
    useProject.subscribe((state, before) => {
      // What it is about is no longer on the screen.
      if (state.project?.id !== before.project?.id) cancelTidy()
    }),
    subscribe('projects.fileTouched', ({ projectId }) => void lookAtFile(projectId)),
    subscribe('menu.command', ({ command }) => runMenuCommand(command)),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function startKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isTouring()) return
    if (isDialogOpen()) {
      // Wherever the focus is: what is beneath a dialog is not meant.
      if (!isShortcutOf('closeTab', event)) return
      event.preventDefault()
      closeDialog()
      return
    }
    // What cannot be done now leaves the key to whoever else wants it.
    const command = commandsFor(event).find((name) => whyUnavailable(name) === undefined)
    if (command === undefined) return
    event.preventDefault()
    runCommand(command)
  }
  // React Flow takes every arrow key for a move; with Alt it is not one. Enter for a click, which with Ctrl takes a layer
  // out of the selection. And Escape for deselecting, which comes last.
  const onFirstKeyDown = (event: KeyboardEvent) => {
    if (isTouring() || isDialogOpen()) return
    const isCommand = (event.altKey || event.key === 'Enter') && commandFor(event) !== undefined
    if (!isCommand && !endsSomething(event)) return
    onKeyDown(event)
    event.stopPropagation()
  }
  window.addEventListener('keydown', onKeyDown)
  window.addEventListener('keydown', onFirstKeyDown, { capture: true })
  return () => {
    window.removeEventListener('keydown', onKeyDown)
    window.removeEventListener('keydown', onFirstKeyDown, { capture: true })
  }
}

/** Whether a key ends what is at work: an arrangement, a search, a focus. */
function endsSomething(event: KeyboardEvent): boolean {
  const command = commandsFor(event).find((name) => whyUnavailable(name) === undefined)
  return event.key === 'Escape' && command !== undefined && command !== 'deselect'
}

let told = ''

/** Tells main what the window is about, whether something is unsaved and which language it speaks: for the title, the menu and closing. */
export function tellWindowState(): void {
  const { project, document, saveState, history } = useProject.getState()
  const state = {
    projectId: project?.id ?? null,
    title: document?.name ?? 'LayerLoom',
    dirty: project !== null && saveState !== 'saved',
    undo: history.done.at(-1)?.label ?? null,
    redo: history.undone.at(-1)?.label ?? null,
    language: currentLanguage(),
    languageChoice: useUi.getState().language,
    dialog: isDialogOpen(),
    open: openProjects(),
  }
  const text = JSON.stringify(state)
  if (text === told) return
  told = text
  void call('window.setState', state)
}

/** Tells main after every change. */
function startWindowState(): () => void {
  told = ''
  // Tabs change a moment before what is shown does.
  const tellThen = () => queueMicrotask(tellWindowState)
  const stops = [
    useProject.subscribe(tellWindowState),
    useUi.subscribe(tellWindowState),
    useTabs.subscribe(tellThen),
    useOpenDialogs.subscribe(tellWindowState),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
