import { currentLanguage } from '../../src-core/language/t.ts'
import { call, subscribe } from '../bridge/call.ts'
import { startAutosave } from '../state/autosave.ts'
import { startBatchFeed } from '../state/batch-store.ts'
import { startCompiling } from '../state/compile-store.ts'
import { startEngineFeed } from '../state/engine-store.ts'
import { startMemoryFeed } from '../state/memory-store.ts'
import { checkOutsideChange } from '../state/outside-change.ts'
import { startPreviewFeed } from '../state/preview-feed.ts'
import { useProject } from '../state/project-store.ts'
import { startProvidingSamples } from '../state/provide-samples.ts'
import { forgetReading } from '../state/reading-store.ts'
import { startRunFeed } from '../state/run-store.ts'
import { useUi } from '../state/ui-store.ts'
import { startClipboard } from './clipboard-events.ts'
import { runCommand, whyUnavailable } from './commands.ts'
import { startScale } from './scale.ts'
import { commandFor, commandsFor } from './shortcuts.ts'

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
    subscribe('projects.fileTouched', ({ projectId }) => {
      if (projectId === useProject.getState().project?.id) void checkOutsideChange()
    }),
    subscribe('menu.command', ({ command }) => runCommand(command)),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function startKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    // What cannot be done now leaves the key to whoever else wants it.
    const command = commandsFor(event).find((name) => whyUnavailable(name) === undefined)
    if (command === undefined) return
    event.preventDefault()
    runCommand(command)
  }
  // React Flow takes every arrow key for a move; with Alt it is not one. And Escape for deselecting, which comes last.
  const onFirstKeyDown = (event: KeyboardEvent) => {
    const isWalk = event.altKey && commandFor(event) !== undefined
    if (!isWalk && !endsSomething(event)) return
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
  }
  const text = JSON.stringify(state)
  if (text === told) return
  told = text
  void call('window.setState', state)
}

/** Tells main after every change. */
function startWindowState(): () => void {
  told = ''
  const stops = [useProject.subscribe(tellWindowState), useUi.subscribe(tellWindowState)]
  return () => {
    for (const stop of stops) stop()
  }
}
