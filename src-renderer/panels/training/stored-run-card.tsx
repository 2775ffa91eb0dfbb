import { Play } from 'lucide-react'
import type { RunSummary } from '../../../src-core/ipc/contract.ts'
import { isActive } from '../../state/live-run.ts'
import { useRuns } from '../../state/run-store.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { formatDate, formatDuration, formatShort } from '../../ui/format.ts'
import { Facts } from '../../ui/panel.tsx'
import { GenerateTextButton } from '../text/generate-text-button.tsx'
import { ProblemList } from './problem-list.tsx'
import { ResumeButtons, shownProblem } from './resume-buttons.tsx'
import { RunResults } from './run-results.tsx'
import { runStatusTexts } from './run-status.ts'

/** A run of an earlier day: how it ended, what came out, how to go on. */
export function StoredRunCard({ run }: { readonly run: RunSummary }) {
  const { start, starting } = useRuns()
  const status = runStatusTexts[run.status]
  const hasEnded = run.status !== 'finished' && !isActive(run.status)
  const canResume = hasEnded && (run.status === 'paused' || run.epochsDone > 0)
  return (
    <aside className="run-status" aria-label="Run">
      <div className="run-status__head">
        <Badge tone={status.tone}>{status.text}</Badge>
        <span className="run-status__id">Run {run.id}</span>
        <Button size="small" icon={Play} busy={starting} onClick={() => void start()}>
          Train again
        </Button>
      </div>
      {run.problem && (
        <ProblemList title="What happened" problems={[shownProblem(run.status, run.problem)]} />
      )}
      {canResume && (
        <ResumeButtons
          runId={run.id}
          status={run.status}
          problem={run.problem}
          label={`Resume after epoch ${run.epochsDone}`}
        />
      )}
      {run.test && <RunResults title="Test data" values={run.test} />}
      {run.validation && <RunResults title="Validation data" values={run.validation} />}
      <GenerateTextButton runId={run.id} />
      <Facts facts={facts(run)} />
      <p className="run-status__place">{run.device}</p>
    </aside>
  )
}

function facts(run: RunSummary) {
  return [
    { name: 'Started', value: formatDate(run.startedAt) },
    { name: 'Epochs', value: `${run.epochsDone} of ${run.epochs}` },
    ...(run.seconds === null ? [] : [{ name: 'Time', value: formatDuration(run.seconds) }]),
    ...(run.samplesPerSecond === null
      ? []
      : [{ name: 'Throughput', value: `${formatShort(run.samplesPerSecond)} samples/s` }]),
    { name: 'Engine', value: run.engine },
  ]
}
