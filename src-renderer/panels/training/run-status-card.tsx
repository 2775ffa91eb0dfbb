import { Play, RotateCcw, Square } from 'lucide-react'
import { isActive, type LiveRun } from '../../state/live-run.ts'
import { useRuns } from '../../state/run-store.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { formatCount, formatDuration, formatShort } from '../../ui/format.ts'
import { Facts } from '../../ui/panel.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { metricLabel, metricText } from './metric-text.ts'
import { ProblemList } from './problem-list.tsx'

const statusTexts: Readonly<Record<LiveRun['status'], { readonly text: string; readonly tone: Tone }>> = {
  queued: { text: 'Getting ready', tone: 'neutral' },
  running: { text: 'Training', tone: 'accent' },
  finished: { text: 'Finished', tone: 'success' },
  stopped: { text: 'Stopped', tone: 'warning' },
  failed: { text: 'Failed', tone: 'danger' },
}

/** How far a run is, how fast it goes, on what, and what came out. */
export function RunStatusCard({ run }: { readonly run: LiveRun }) {
  const { start, stop, resume, starting } = useRuns()
  const status = statusTexts[run.status]
  const active = isActive(run.status)
  const canResume = (run.status === 'stopped' || run.status === 'failed') && run.epochs.length > 0
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
      {run.problem && <ProblemList title="What happened" problems={[run.problem]} />}
      {canResume && (
        <Button size="small" icon={RotateCcw} onClick={() => void resume(run.runId)}>
          Resume from epoch {run.epochs.at(-1)?.epoch}
        </Button>
      )}
      {run.test && <Results title="Test data" values={run.test} />}
      <Facts facts={runFacts(run)} />
      {run.started && <p className="run-status__reason">{run.started.reason}</p>}
    </aside>
  )
}

function Progress({ run }: { readonly run: LiveRun }) {
  const { started } = run
  const total = started ? started.stepsPerEpoch * started.epochs : 0
  const share = total > 0 ? run.step / total : null
  const epoch = Math.min(started?.epochs ?? 0, Math.max(1, run.epoch))
  const text = started ? `Epoch ${epoch} of ${started.epochs}` : 'Preparing'
  return (
    <div className="run-status__progress">
      <ProgressBar
        label="Training progress"
        value={run.status === 'queued' ? null : share}
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

interface ResultsProps {
  readonly title: string
  readonly values: Readonly<Record<string, number>>
}

function Results({ title, values }: ResultsProps) {
  return (
    <div className="run-status__results">
      <h3>{title}</h3>
      {Object.entries(values)
        .toReversed()
        .map(([name, value]) => (
          <div key={name} className="run-status__result">
            <span>{metricLabel(name)}</span>
            <strong className="numeric">{metricText(name, value)}</strong>
          </div>
        ))}
    </div>
  )
}

function runFacts(run: LiveRun) {
  const last = run.epochs.at(-1)
  const throughput = run.samplesPerSecond ?? last?.samplesPerSecond
  return [
    ...(run.step > 0 ? [{ name: 'Step', value: formatCount(run.step) }] : []),
    ...(throughput === undefined || throughput === null
      ? []
      : [{ name: 'Throughput', value: `${formatShort(throughput)} samples/s` }]),
    ...(run.seconds === null ? [] : [{ name: 'Time', value: formatDuration(run.seconds) }]),
    ...(last?.validation
      ? Object.entries(last.validation).map(([name, value]) => ({
          name: `Validation ${metricLabel(name).toLowerCase()}`,
          value: metricText(name, value),
        }))
      : []),
    ...(run.started
      ? [
          { name: 'Device', value: run.started.device },
          { name: 'Engine', value: run.started.engine },
          {
            name: 'Samples',
            value: `${formatCount(run.started.trainSamples)} / ${formatCount(run.started.validationSamples)} / ${formatCount(run.started.testSamples)}`,
          },
        ]
      : []),
  ]
}
