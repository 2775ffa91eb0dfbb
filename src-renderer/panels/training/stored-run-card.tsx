import { Play } from 'lucide-react'
import type { RunSummary } from '../../../src-core/ipc/contract.ts'
import { sentence } from '../../../src-core/language/sentence.ts'
import { t } from '../../../src-core/language/t.ts'
import { isActive } from '../../state/live-run.ts'
import { useRuns } from '../../state/run-store.ts'
import { Button } from '../../ui/button.tsx'
import { formatDate, formatDuration, formatShort } from '../../ui/format.ts'
import { Facts } from '../../ui/panel.tsx'
import { GenerateTextButton } from '../text/generate-text-button.tsx'
import { ProblemList } from './problem-list.tsx'
import { ResumeButtons, shownProblem } from './resume-buttons.tsx'
import { RunResults } from './run-results.tsx'
import { StatusBadge } from './status-badge.tsx'

/** A run of an earlier day: how it ended, what came out, how to go on. */
export function StoredRunCard({ run }: { readonly run: RunSummary }) {
  const { start, starting } = useRuns()
  const hasEnded = run.status !== 'finished' && !isActive(run.status)
  const canResume = hasEnded && (run.status === 'paused' || run.epochsDone > 0)
  return (
    <aside className="run-status" aria-label={t('Run')}>
      <div className="run-status__head">
        <StatusBadge status={run.status} />
        <span className="run-status__id">{t('Run {{id}}', { id: run.id })}</span>
        <Button size="small" icon={Play} busy={starting} onClick={() => void start()}>
          {t('Train again')}
        </Button>
      </div>
      {run.problem && (
        <ProblemList title={t('What happened')} problems={[shownProblem(run.status, run.problem)]} />
      )}
      {canResume && (
        <ResumeButtons
          runId={run.id}
          status={run.status}
          problem={run.problem}
          label={t('Resume after epoch {{epoch}}', { epoch: run.epochsDone })}
        />
      )}
      {run.test && <RunResults title={t('Test data')} values={run.test} />}
      {run.validation && <RunResults title={t('Validation data')} values={run.validation} />}
      <GenerateTextButton runId={run.id} />
      <Facts facts={facts(run)} />
      <p className="run-status__place">{sentence(run.device)}</p>
    </aside>
  )
}

function facts(run: RunSummary) {
  return [
    { name: t('Started'), value: formatDate(run.startedAt) },
    { name: t('Epochs'), value: t('{{done}} of {{all}}', { done: run.epochsDone, all: run.epochs }) },
    ...(run.seconds === null ? [] : [{ name: t('Time'), value: formatDuration(run.seconds) }]),
    ...(run.samplesPerSecond === null
      ? []
      : [
          {
            name: t('Throughput'),
            value: t('{{rate}} samples/s', { rate: formatShort(run.samplesPerSecond) }),
          },
        ]),
    { name: t('Engine'), value: run.engine },
  ]
}
