import { Activity, Database, Play } from 'lucide-react'
import type { RunSummary } from '../../../src-core/ipc/contract.ts'
import { sentence } from '../../../src-core/language/sentence.ts'
import { t } from '../../../src-core/language/t.ts'
import { isActive, type LiveRun } from '../../state/live-run.ts'
import { useProject } from '../../state/project-store.ts'
import { useOwnActiveRun } from '../../state/run-projects.ts'
import { useRuns } from '../../state/run-store.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemList } from './problem-list.tsx'
import { RunCurves } from './run-curves.tsx'
import { RunStatusCard } from './run-status-card.tsx'
import { StoredRunCard } from './stored-run-card.tsx'
import './training-panel.css'
import { TrainingSettingsForm } from './training-settings.tsx'
import { useRunDetail } from './use-run-detail.ts'

/** Settings on the left, curves in the middle, the run's state on the right. */
export function TrainingPanel() {
  const active = useOwnActiveRun()
  const current = useRuns((state) =>
    state.currentRunId === null ? undefined : state.live[state.currentRunId],
  )
  const last = useRuns((state) => state.runs?.[0])
  const problems = useRuns((state) => state.startProblems)
  const run = current ?? active
  return (
    <section className="training-panel" aria-label={t('Training')}>
      <div className="training-panel__settings">
        <TrainingSettingsForm />
      </div>
      <div className="training-panel__run">
        {problems.length > 0 && <ProblemList problems={problems} title={t('Training did not start')} />}
        {run && <CurrentRun run={run} />}
        {!run && last && <LastRun key={last.id} run={last} />}
        {!run && !last && problems.length === 0 && <NothingYet />}
      </div>
    </section>
  )
}

/** The run in progress, or the one that ended last since the window opened. */
function CurrentRun({ run }: { readonly run: LiveRun }) {
  return (
    <div className="training-panel__columns">
      {isActive(run.status) && run.step === 0 ? <GettingReady run={run} /> : <RunCurves source={run} />}
      <RunStatusCard run={run} />
    </div>
  )
}

function GettingReady({ run }: { readonly run: LiveRun }) {
  const message = run.logs.at(-1)?.message
  return (
    <EmptyState icon={Activity} title={t('Getting ready')}>
      {message === undefined
        ? t('Compiling the model and choosing where to train it. The first values appear in a moment.')
        : sentence(message)}
    </EmptyState>
  )
}

/** What the workspace remembers of the newest run: shown until something is trained in this window. */
function LastRun({ run }: { readonly run: RunSummary }) {
  const detail = useRunDetail(run)
  return (
    <div className="training-panel__columns">
      {detail ? <RunCurves source={detail} /> : <div />}
      <StoredRunCard run={run} />
    </div>
  )
}

function NothingYet() {
  const { starting, start } = useRuns()
  const hasData = useProject((state) => Boolean(state.document?.dataset))
  const openDock = useUi((state) => state.openDock)
  if (!hasData) {
    return (
      <EmptyState
        icon={Database}
        title={t('Choose data first')}
        actions={
          <Button icon={Database} onClick={() => openDock('data')}>
            {t('Choose data')}
          </Button>
        }
      >
        {t('A model learns from a dataset: one of the samples, or a file of your own.')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={Activity}
      title={t('Nothing trained yet')}
      actions={
        <Button variant="primary" icon={Play} busy={starting} onClick={() => void start()}>
          {t('Train')}
        </Button>
      }
    >
      {t('Press Train: curves of loss and accuracy appear here while the model learns.')}
    </EmptyState>
  )
}
