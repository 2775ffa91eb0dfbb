import { Play, Square } from 'lucide-react'
import { isActive, keptEpoch, type LiveRun } from '../../state/live-run.ts'
import { useRuns } from '../../state/run-store.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { formatCount, formatDuration, formatMetric, formatShort } from '../../ui/format.ts'
import { Facts } from '../../ui/panel.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { GenerateTextButton } from '../text/generate-text-button.tsx'
import { ProblemList } from './problem-list.tsx'
import { ResumeButtons, shownProblem } from './resume-buttons.tsx'
import { RunLog } from './run-log.tsx'
import { RunResults } from './run-results.tsx'
import { runStatusTexts } from './run-status.ts'

/** How far a run is, how fast it goes, on what, and what came out. */
export function RunStatusCard({ run }: { readonly run: LiveRun }) {
  const { start, stop, starting } = useRuns()
  const status = runStatusTexts[run.status]
  const active = isActive(run.status)
  const hasEnded = run.status === 'stopped' || run.status === 'failed'
  const canResume = run.status === 'paused' || (hasEnded && run.epochs.length > 0)
  const kept = keptEpoch(run)
  return (
    <aside className="run-status" aria-label="Run">
      <div className="run-status__head">
        <Badge tone={status.tone}>{status.text}</Badge>
        <span className="run-status__id">Run {run.runId}</span>
        {active ? (
          <Button variant="danger" size="small" icon={Square} onClick={() => void stop(run.runId)}>
            Stop
          </Button>
        ) : (
          <Button size="small" icon={Play} busy={starting} onClick={() => void start()}>
            Train again
          </Button>
        )}
      </div>
      <Progress run={run} />
      {run.problem && (
        <ProblemList title="What happened" problems={[shownProblem(run.status, run.problem)]} />
      )}
      {canResume && (
        <ResumeButtons
          runId={run.runId}
          status={run.status}
          problem={run.problem}
          label={`Resume after epoch ${run.epochs.at(-1)?.epoch ?? 0}`}
        />
      )}
      {run.test && <RunResults title="Test data" values={run.test} />}
      {kept?.validation && <RunResults title={validationTitle(run, kept.epoch)} values={kept.validation} />}
      <GenerateTextButton runId={run.runId} />
      {run.status !== 'queued' && <RunLog logs={run.logs} />}
      <Facts facts={runFacts(run)} />
      {run.started && (
        <div className="run-status__place">
          <p>{run.started.device}</p>
          <p>{run.started.reason}</p>
        </div>
      )}
    </aside>
  )
}

/** Names the epoch where it is not the last. */
function validationTitle({ epochs }: LiveRun, kept: number): string {
  return kept === epochs.at(-1)?.epoch ? 'Validation data' : `Validation data, epoch ${kept}`
}

function Progress({ run }: { readonly run: LiveRun }) {
  const { started } = run
  const total = started ? (started.totalSteps ?? started.stepsPerEpoch * started.epochs) : 0
  // A run that was ended early is done as well.
  const share = run.status === 'finished' ? 1 : total > 0 ? run.step / total : null
  const epoch = Math.min(started?.epochs ?? 0, Math.max(1, run.epoch))
  const text = started ? `Epoch ${epoch} of ${started.epochs}` : 'Preparing'
  return (
    <div className="run-status__progress">
      <ProgressBar
        label="Training progress"
        value={run.status === 'queued' ? null : (share ?? 0)}
        valueText={text}
      />
      <div className="run-status__line">
        <span>{text}</span>
        {isActive(run.status) && run.remainingSeconds !== null && (
          <span>{formatDuration(run.remainingSeconds)} left</span>
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
      : [{ name: 'Throughput', value: `${formatShort(throughput)} samples/s` }]),
    ...(learningRate === undefined ? [] : [{ name: 'Learning rate', value: formatMetric(learningRate) }]),
    ...(run.step > 0 ? [{ name: 'Step', value: formatCount(run.step) }] : []),
    ...(run.seconds === null ? [] : [{ name: 'Time', value: formatDuration(run.seconds) }]),
    ...(started
      ? [
          { name: 'Engine', value: started.engine },
          { name: 'Parameters', value: formatCount(started.parameterCount) },
          { name: 'Training samples', value: formatCount(started.trainSamples) },
        ]
      : []),
  ]
}
