import { create } from 'zustand'
import { call } from '../bridge/call.ts'
import { isActive, type LiveRun } from './live-run.ts'
import { useProject } from './project-store.ts'
import { useRuns } from './run-store.ts'

/** Which project a run is of, by its id; null for one that is gone, or while it is being asked for. */
export const useRunProjects = create<{ readonly of: Readonly<Record<number, number | null>> }>()(() => ({
  of: {},
}))

/** Asks of every run in progress which project it is of; returns what ends it. */
export function startRunProjects(): () => void {
  return useRuns.subscribe((state, before) => {
    if (state.live === before.live) return
    for (const { runId, status } of Object.values(state.live)) {
      if (isActive(status) && useRunProjects.getState().of[runId] === undefined) void ask(runId)
    }
  })
}

async function ask(runId: number): Promise<void> {
  note(runId, null)
  const answer = await call('runs.get', { runId })
  if (answer.ok) note(runId, answer.value.run.projectId)
}

function note(runId: number, projectId: number | null): void {
  useRunProjects.setState(({ of }) => ({ of: { ...of, [runId]: projectId } }))
}

/** The project whose training is in progress, if one is. */
export function useTrainingProject(): number | undefined {
  const runId = useRuns((state) => Object.values(state.live).find(({ status }) => isActive(status))?.runId)
  return useRunProjects(({ of }) => (runId === undefined ? undefined : (of[runId] ?? undefined)))
}

/** The run in progress if it is one of the project that is shown. */
export function useOwnActiveRun(): LiveRun | undefined {
  const shown = useProject((state) => state.project?.id)
  const of = useRunProjects((state) => state.of)
  return useRuns(({ live, currentRunId }) =>
    Object.values(live).find(
      // The one that was just started here is known before its project is.
      ({ runId, status }) => isActive(status) && (runId === currentRunId || of[runId] === shown),
    ),
  )
}
