import type { RunSummary } from '../../../src-core/ipc/contract.ts'
import { metricPhrase } from '../../../src-core/training/metrics/metric-names.ts'
import { Badge } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { formatDate, formatDuration, formatMoment } from '../../ui/format.ts'
import { metricText } from '../training/metric-text.ts'
import { runStatusTexts } from '../training/run-status.ts'

interface RunTableProps {
  readonly runs: readonly RunSummary[]
  readonly shownId: number | undefined
  readonly onChoose: (runId: number) => void
}

/** Runs, newest first; a row shows its detail when chosen. */
export function RunTable({ runs, shownId, onChoose }: RunTableProps) {
  const metric = mainMetric(runs)
  return (
    <div className="run-table">
      <table>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">State</th>
            <th scope="col">Data</th>
            <th scope="col" className="numeric-cell">
              Epochs
            </th>
            <th scope="col" className="numeric-cell">
              Validation {metricPhrase(metric)}
            </th>
            <th scope="col" className="numeric-cell">
              Test {metricPhrase(metric)}
            </th>
            <th scope="col" className="numeric-cell">
              Time
            </th>
            <th scope="col">Started</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr
              key={run.id}
              className={classNames(run.id === shownId && 'run-table__row--shown')}
              onClick={() => onChoose(run.id)}
            >
              <th scope="row">
                <button
                  type="button"
                  className="run-table__name"
                  aria-current={run.id === shownId || undefined}
                  onClick={() => onChoose(run.id)}
                >
                  {run.id}
                </button>
              </th>
              <td>
                <Badge tone={runStatusTexts[run.status].tone}>{runStatusTexts[run.status].text}</Badge>
              </td>
              <td>{run.datasetName}</td>
              <td className="numeric-cell">
                {run.epochsDone} / {run.epochs}
              </td>
              <td className="numeric-cell">{metricText(metric, run.validation?.[metric])}</td>
              <td className="numeric-cell">{metricText(metric, run.test?.[metric])}</td>
              <td className="numeric-cell">{run.seconds === null ? '–' : formatDuration(run.seconds)}</td>
              <td title={formatDate(run.startedAt)}>{formatMoment(run.startedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Accuracy where the runs have it, the loss otherwise. */
function mainMetric(runs: readonly RunSummary[]): string {
  return runs.some((run) => run.test?.accuracy !== undefined || run.validation?.accuracy !== undefined)
    ? 'accuracy'
    : 'loss'
}
