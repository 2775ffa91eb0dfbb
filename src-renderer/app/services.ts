import { call, subscribe } from '../bridge/call.ts'
import { startAutosave } from '../state/autosave.ts'
import { startCompiling } from '../state/compile-store.ts'
import { startEngineFeed } from '../state/engine-store.ts'
import { startMemoryFeed } from '../state/memory-store.ts'
import { useProject } from '../state/project-store.ts'
import { startProvidingSamples } from '../state/provide-samples.ts'
import { startRunFeed } from '../state/run-store.ts'
import { runCommand } from './commands.ts'
import { commandFor } from './shortcuts.ts'

/** Starts what runs beside the components: keys, native menu, autosave, compiling, run events. Returns what ends it. */
export function startServices(): () => void {
  const stops = [
    startCompiling(),
    startAutosave(),
    startProvidingSamples(),
    startRunFeed(),
    startEngineFeed(),
    startMemoryFeed(),
    startWindowState(),
    startKeys(),
    subscribe('menu.command', ({ command }) => runCommand(command)),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function startKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    const command = commandFor(event)
    if (command === undefined) return
    event.preventDefault()
    runCommand(command)
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

/** Tells main what the window is about and whether something is unsaved, for the title and for closing. */
function startWindowState(): () => void {
  let told = ''
  const tell = () => {
    const { project, document, saveState } = useProject.getState()
    const state = {
      projectId: project?.id ?? null,
      title: document?.name ?? 'LayerLoom',
      dirty: project !== null && saveState !== 'saved',
    }
    const text = JSON.stringify(state)
    if (text === told) return
    told = text
    void call('window.setState', state)
  }
  return useProject.subscribe(tell)
}
