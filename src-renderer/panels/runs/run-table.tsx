import type { RunSummary } from '../../../src-core/ipc/contract.ts'
import { t } from '../../../src-core/language/t.ts'
import { classNames } from '../../ui/class-names.ts'
import { formatDate, formatDuration, formatMoment } from '../../ui/format.ts'
import { metricPhrase, metricText } from '../training/metric-text.ts'
import { StatusBadge } from '../training/status-badge.tsx'

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
            <th scope="col">{t('Run')}</th>
            <th scope="col">{t('State')}</th>
            <th scope="col">{t('Data')}</th>
            <th scope="col" className="numeric-cell">
              {t('Epochs')}
            </th>
            <th scope="col" className="numeric-cell">
              {t('Validation {{metric}}', { metric: metricPhrase(metric) })}
            </th>
            <th scope="col" className="numeric-cell">
              {t('Test {{metric}}', { metric: metricPhrase(metric) })}
            </th>
            <th scope="col" className="numeric-cell">
              {t('Time')}
            </th>
            <th scope="col">{t('Started')}</th>
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
                <StatusBadge status={run.status} />
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
