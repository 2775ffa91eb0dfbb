import { Play, Square } from 'lucide-react'
import { sentence } from '../../../src-core/language/sentence.ts'
import { t } from '../../../src-core/language/t.ts'
import { isActive, keptEpoch, type LiveRun } from '../../state/live-run.ts'
import { useRuns } from '../../state/run-store.ts'
import { Button } from '../../ui/button.tsx'
import { formatCount, formatDuration, formatMetric, formatShort } from '../../ui/format.ts'
import { Facts } from '../../ui/panel.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { GenerateTextButton } from '../text/generate-text-button.tsx'
import { ProblemList } from './problem-list.tsx'
import { ResumeButtons, shownProblem } from './resume-buttons.tsx'
import { RunLog } from './run-log.tsx'
import { RunResults } from './run-results.tsx'
import { StatusBadge } from './status-badge.tsx'

/** How far a run is, how fast it goes, on what, and what came out. */
export function RunStatusCard({ run }: { readonly run: LiveRun }) {
  const { start, stop, starting } = useRuns()
  const active = isActive(run.status)
  const hasEnded = run.status === 'stopped' || run.status === 'failed'
  const canResume = run.status === 'paused' || (hasEnded && run.epochs.length > 0)
  const kept = keptEpoch(run)
  return (
    <aside className="run-status" aria-label={t('Run')}>
      <div className="run-status__head">
        <StatusBadge status={run.status} />
        <span className="run-status__id">{t('Run {{id}}', { id: run.runId })}</span>
        {active ? (
          <Button variant="danger" size="small" icon={Square} onClick={() => void stop(run.runId)}>
            {t('Stop')}
          </Button>
        ) : (
          <Button size="small" icon={Play} busy={starting} onClick={() => void start()}>
            {t('Train again')}
          </Button>
        )}
      </div>
      <Progress run={run} />
      {run.problem && (
        <ProblemList title={t('What happened')} problems={[shownProblem(run.status, run.problem)]} />
      )}
      {canResume && (
        <ResumeButtons
          runId={run.runId}
          status={run.status}
          problem={run.problem}
          label={t('Resume after epoch {{epoch}}', { epoch: run.epochs.at(-1)?.epoch ?? 0 })}
        />
      )}
      {run.test && <RunResults title={t('Test data')} values={run.test} />}
      {kept?.validation && <RunResults title={validationTitle(run, kept.epoch)} values={kept.validation} />}
      <GenerateTextButton runId={run.runId} />
      {run.status !== 'queued' && <RunLog logs={run.logs} />}
      <Facts facts={runFacts(run)} />
      {run.started && (
        <div className="run-status__place">
          <p>{sentence(run.started.device)}</p>
          <p>{sentence(run.started.reason)}</p>
        </div>
      )}
    </aside>
  )
}

/** Names the epoch where it is not the last. */
function validationTitle({ epochs }: LiveRun, kept: number): string {
  if (kept === epochs.at(-1)?.epoch) return t('Validation data')
  return t('Validation data, epoch {{epoch}}', { epoch: kept })
}

function Progress({ run }: { readonly run: LiveRun }) {
  const { started } = run
  const total = started ? (started.totalSteps ?? started.stepsPerEpoch * started.epochs) : 0
  // A run that was ended early is done as well.
  const share = run.status === 'finished' ? 1 : total > 0 ? run.step / total : null
  const epoch = Math.min(started?.epochs ?? 0, Math.max(1, run.epoch))
  const text = started
    ? t('Epoch {{epoch}} of {{epochs}}', { epoch, epochs: started.epochs })
    : t('Preparing')
  return (
    <div className="run-status__progress">
      <ProgressBar
        label={t('Training progress')}
        value={run.status === 'queued' ? null : (share ?? 0)}
        valueText={text}
      />
      <div className="run-status__line">
        <span>{text}</span>
        {isActive(run.status) && run.remainingSeconds !== null && (
          <span>{t('{{time}} left', { time: formatDuration(run.remainingSeconds) })}</span>
        )}
      </div>
    </div>
  )
}

function runFacts(run: LiveRun) {
  const { started } = run
  const learningRate = run.metrics.learningRate ?? run.epochs.at(-1)?.train.learningRate
  const throughput = run.samplesPerSecond ?? run.epochs.at(-1)?.samplesPerSecond
  return [
    ...(throughput === undefined || throughput === null
      ? []
      : [{ name: t('Throughput'), value: t('{{rate}} samples/s', { rate: formatShort(throughput) }) }]),
    ...(learningRate === undefined ? [] : [{ name: t('Learning rate'), value: formatMetric(learningRate) }]),
    ...(run.step > 0 ? [{ name: t('Step', { context: 'count' }), value: formatCount(run.step) }] : []),
    ...(run.seconds === null ? [] : [{ name: t('Time'), value: formatDuration(run.seconds) }]),
    ...(started
      ? [
          { name: t('Engine'), value: started.engine },
          { name: t('Parameters', { context: 'count' }), value: formatCount(started.parameterCount) },
          { name: t('Training samples'), value: formatCount(started.trainSamples) },
        ]
      : []),
  ]
}
