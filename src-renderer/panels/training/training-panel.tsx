import { Activity, Play } from 'lucide-react'
import { isActive, type LiveRun } from '../../state/live-run.ts'
import { useActiveRun, useRuns } from '../../state/run-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemList } from './problem-list.tsx'
import { RunCurves } from './run-curves.tsx'
import { RunStatusCard } from './run-status-card.tsx'
import { TrainingSettingsForm } from './training-settings.tsx'
import './training-panel.css'

/** Settings on the left, curves in the middle, the run's state on the right. */
export function TrainingPanel() {
  const active = useActiveRun()
  const current = useRuns((state) =>
    state.currentRunId === null ? undefined : state.live[state.currentRunId],
  )
  const { startProblems, starting, start } = useRuns()
  const run = current ?? active
  return (
    <section className="training-panel" aria-label="Training">
      <div className="training-panel__settings">
        <TrainingSettingsForm />
      </div>
      <div className="training-panel__curves">
        {startProblems.length > 0 && <ProblemList problems={startProblems} title="Training did not start" />}
        {run ? (
          <LiveCurves run={run} />
        ) : (
          startProblems.length === 0 && <NothingYet starting={starting} onStart={start} />
        )}
      </div>
      {run && <RunStatusCard run={run} />}
    </section>
  )
}

function LiveCurves({ run }: { readonly run: LiveRun }) {
  if (isActive(run.status) && run.step === 0) {
    return (
      <EmptyState icon={Activity} title="Getting ready">
        {run.logs.at(-1)?.message ??
          'Compiling the model and choosing where to train it. The first values appear in a moment.'}
      </EmptyState>
    )
  }
  return <RunCurves source={run} live={run.metrics} />
}

interface NothingYetProps {
  readonly starting: boolean
  readonly onStart: () => Promise<unknown>
}

function NothingYet({ starting, onStart }: NothingYetProps) {
  return (
    <EmptyState
      icon={Activity}
      title="Nothing trained yet"
      actions={
        <Button variant="primary" icon={Play} busy={starting} onClick={() => void onStart()}>
          Train
        </Button>
      }
    >
      Press Train: curves of loss and accuracy appear here while the model learns.
    </EmptyState>
  )
}
