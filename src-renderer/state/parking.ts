import { chooseBatch, useBatch } from './batch-store.ts'
import { type PreviewChoices, usePreview } from './preview-store.ts'
import { type ProjectPart, useProject } from './project-store.ts'
import { useReading } from './reading-store.ts'
import { useRuns } from './run-store.ts'

/** All that a project's tab keeps while another one is shown: plain data, nothing that is drawn. */
export interface Parked {
  readonly project: ProjectPart
  /** What was looked at and how; nothing yet for a project that has not been shown. */
  readonly look: Look | null
}

interface Look {
  readonly reading: ReturnType<typeof useReading.getState>
  readonly preview: PreviewChoices
  readonly batch: number | null
  readonly runs: Pick<ReturnType<typeof useRuns.getState>, 'currentRunId' | 'runs'>
}

/** What is to be kept of the project that is shown. */
export function park(): Parked {
  // What is done after coming back is a new thought.
  useProject.getState().sealHistory()
  const {
    project,
    document,
    drawing,
    entered,
    savedDocument,
    saveState,
    writtenDocument,
    history,
    selectedLayers,
    selectedConnections,
    selectedNotes,
  } = useProject.getState()
  const { row, runId, category, noise, seed } = usePreview.getState()
  const { currentRunId, runs } = useRuns.getState()
  return {
    project: {
      project,
      document,
      drawing,
      entered,
      savedDocument,
      saveState,
      writtenDocument,
      history,
      selectedLayers,
      selectedConnections,
      selectedNotes,
    },
    look: {
      reading: useReading.getState(),
      preview: { row, runId, category, noise, seed },
      batch: useBatch.getState().chosen,
      runs: { currentRunId, runs },
    },
  }
}

/** Shows a parked project as it was. */
export function unpark({ project, look }: Parked): void {
  // Whoever follows the project forgets what it knew of the one before, and only then gets its own back.
  useProject.setState(project)
  if (!look) return
  useReading.setState(look.reading)
  usePreview.getState().choose(look.preview)
  useRuns.setState(look.runs)
  if (look.batch !== null) chooseBatch(look.batch)
}
