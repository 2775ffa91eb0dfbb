import { create } from 'zustand'
import type { RunSummary } from '../../src-core/ipc/contract.ts'
import type { Problem } from '../../src-core/problems.ts'
import { isEnd, type RunEvent } from '../../src-core/training/run-event.ts'
import { call, subscribe } from '../bridge/call.ts'
import { notifyProblems } from '../ui/toast-store.ts'
import { flush } from './autosave.ts'
import { applyRunEvent, type LiveRun, newLiveRun } from './live-run.ts'
import { useProject } from './project-store.ts'
import { provideSample } from './provide-samples.ts'

interface RunState {
  /** Runs that this window has heard of since it opened, by id. */
  readonly live: Readonly<Record<number, LiveRun>>
  /** The run the training panel shows. */
  readonly currentRunId: number | null
  /** Stored runs of the open project, newest first; null until they were asked for. */
  readonly runs: readonly RunSummary[] | null
  /** Why the last attempt to start did not start. */
  readonly startProblems: readonly Problem[]
  readonly starting: boolean
  readonly receive: (runId: number, event: RunEvent) => void
  readonly refresh: () => Promise<void>
  readonly start: () => Promise<number | undefined>
  readonly stop: (runId: number) => Promise<void>
  /** Goes on with a run; in batches of another size where one is given. */
  readonly resume: (runId: number, batchSize?: number) => Promise<void>
  readonly remove: (runId: number) => Promise<boolean>
  readonly show: (runId: number | null) => void
}

/** Runs: live ones fed by pushes from main, stored ones as main lists them. */
export const useRuns = create<RunState>()((set, get) => ({
  live: {},
  currentRunId: null,
  runs: null,
  startProblems: [],
  starting: false,

  receive: (runId, event) => {
    set((state) => ({
      live: { ...state.live, [runId]: applyRunEvent(state.live[runId] ?? newLiveRun(runId), event) },
    }))
    const ended = isEnd(event)
    // Nothing stands in the way of the next run any more.
    if (ended) set({ startProblems: [] })
    if (ended || event.type === 'started') void get().refresh()
  },

  refresh: async () => {
    const projectId = useProject.getState().project?.id
    if (projectId === undefined) return set({ runs: null })
    const answer = await call('runs.list', { projectId })
    if (answer.ok && useProject.getState().project?.id === projectId) set({ runs: answer.value })
    if (!answer.ok) notifyProblems(answer.problems)
  },

  start: async () => {
    const { project, document } = useProject.getState()
    if (!project || !document || get().starting) return undefined
    set({ starting: true, startProblems: [] })
    await Promise.all([flush(), provideSample(document.dataset?.name)])
    const answer = await call('runs.start', { projectId: project.id, document })
    set({ starting: false })
    // Another project may be shown by now.
    const isShown = useProject.getState().project?.id === project.id
    if (!answer.ok) {
      if (isShown) set({ startProblems: answer.problems })
      else notifyProblems(answer.problems)
      return undefined
    }
    const { runId } = answer.value
    // Its first events may have come before this answer.
    set((state) => ({
      ...(isShown && { currentRunId: runId }),
      live: { ...state.live, [runId]: state.live[runId] ?? newLiveRun(runId) },
    }))
    void get().refresh()
    return runId
  },

  stop: async (runId) => {
    const answer = await call('runs.stop', { runId })
    if (!answer.ok) notifyProblems(answer.problems)
  },

  resume: async (runId, batchSize) => {
    set({ startProblems: [] })
    const projectId = useProject.getState().project?.id
    if (get().live[runId] === undefined) await recall(runId)
    const answer = await call('runs.resume', { runId, ...(batchSize !== undefined && { batchSize }) })
    const isShown = useProject.getState().project?.id === projectId
    if (answer.ok) set(isShown ? { currentRunId: answer.value.runId } : {})
    else notifyProblems(answer.problems)
    await get().refresh()
  },

  remove: async (runId) => {
    const answer = await call('runs.remove', { runId })
    if (!answer.ok) notifyProblems(answer.problems)
    else if (get().currentRunId === runId) set({ currentRunId: null })
    await get().refresh()
    return answer.ok
  },

  show: (runId) => set({ currentRunId: runId }),
}))

/** Brings the curves of a stored run to the screen, so that a resumed run goes on where they end. */
async function recall(runId: number): Promise<void> {
  const answer = await call('runs.get', { runId })
  if (!answer.ok) return
  const { run, epochs, steps } = answer.value
  const remembered = {
    ...newLiveRun(runId),
    epochs,
    steps,
    epoch: run.epochsDone,
    step: steps.at(-1)?.step ?? 0,
  }
  useRuns.setState((state) => ({
    live: { ...state.live, [runId]: state.live[runId] ?? remembered },
  }))
}

/** Feeds the store with what main tells about runs, and with the open project's stored runs. */
export function startRunFeed(): () => void {
  const stopEvents = subscribe('runs.event', ({ runId, event }) => useRuns.getState().receive(runId, event))
  const stopProject = useProject.subscribe((state, before) => {
    if (state.project?.id === before.project?.id) return
    useRuns.setState({ currentRunId: null, runs: null, startProblems: [] })
    void useRuns.getState().refresh()
  })
  return () => {
    stopEvents()
    stopProject()
  }
}
