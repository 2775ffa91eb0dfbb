import { create } from 'zustand'
import {
  type EngineAvailability,
  type InstallableEngine,
  installableTitles,
  type PushValue,
} from '../../src-core/ipc/contract.ts'
import { t } from '../../src-core/language/t.ts'
import type { Problem } from '../../src-core/problems.ts'
import { call, subscribe } from '../bridge/call.ts'
import { notify, notifyProblems } from '../ui/toast-store.ts'

type InstallProgress = PushValue<'engines.progress'>

interface EngineState {
  /** Whether the list of engines is in sight. */
  readonly shown: boolean
  /** null until main has tried them all, which takes a few seconds. */
  readonly engines: readonly EngineAvailability[] | null
  /** What is being installed, or was last. */
  readonly installing: InstallableEngine | null
  /** While something is being installed: what is being done. */
  readonly progress: InstallProgress | null
  /** Why the last installation failed. */
  readonly problems: readonly Problem[]
  readonly show: () => void
  readonly hide: () => void
  readonly receive: (progress: InstallProgress) => void
  readonly install: (engine: InstallableEngine) => Promise<void>
  readonly cancel: () => Promise<void>
  readonly remove: (engine: InstallableEngine) => Promise<void>
}

/** Which engines run on this machine, and the installation of those that do not ship with the app. */
export const useEngines = create<EngineState>()((set, get) => ({
  shown: false,
  engines: null,
  installing: null,
  progress: null,
  problems: [],

  show: () => {
    set({ shown: true })
    void refresh()
  },

  hide: () => set({ shown: false }),

  receive: (progress) => {
    if (get().progress !== null) set({ progress })
  },

  install: async (engine) => {
    if (get().progress !== null) return
    set({ installing: engine, progress: { step: t('Looking at this machine'), fraction: 0 }, problems: [] })
    const answer = await call('engines.install', { engine })
    set({ progress: null, ...(answer.ok ? { engines: answer.value } : { problems: answer.problems }) })
    if (answer.ok)
      notify({ tone: 'success', title: t('{{engine}} is installed.', { engine: installableTitles[engine] }) })
    // The list is told by the dialog; elsewhere nobody would hear of the failure.
    else if (!get().shown) notifyProblems(answer.problems)
  },

  cancel: async () => {
    const answer = await call('engines.cancelInstall', {})
    if (!answer.ok) notifyProblems(answer.problems)
  },

  remove: async (engine) => {
    const answer = await call('engines.remove', { engine })
    if (answer.ok) set({ engines: answer.value, problems: [] })
    else notifyProblems(answer.problems)
  },
}))

async function refresh(): Promise<void> {
  const answer = await call('engines.list', {})
  if (answer.ok) useEngines.setState({ engines: answer.value })
  else notifyProblems(answer.problems)
}

/** Follows installations; returns what ends it. */
export function startEngineFeed(): () => void {
  return subscribe('engines.progress', (progress) => useEngines.getState().receive(progress))
}
