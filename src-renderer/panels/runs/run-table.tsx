import type { RunSummary } from '../../../src-core/ipc/contract.ts'
import { t } from '../../../src-core/language/t.ts'
import { classNames } from '../../ui/class-names.ts'
import { formatDate, formatDuration, formatMoment } from '../../ui/format.ts'
import { metricLabel, metricPhrase, metricText } from '../training/metric-text.ts'
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
              {metric === undefined
                ? t('Validation')
                : t('Validation {{metric}}', { metric: metricPhrase(metric) })}
            </th>
            <th scope="col" className="numeric-cell">
              {metric === undefined ? t('Test') : t('Test {{metric}}', { metric: metricPhrase(metric) })}
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
              <MetricCell metric={metric} values={run.validation} />
              <MetricCell metric={metric} values={run.test} />
              <td className="numeric-cell">{run.seconds === null ? '–' : formatDuration(run.seconds)}</td>
              <td title={formatDate(run.startedAt)}>{formatMoment(run.startedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface MetricCellProps {
  /** The column's; undefined where the runs have none in common. */
  readonly metric: string | undefined
  readonly values: RunSummary['test']
}

/** The column's metric. A run that has it not shows its losses with their names instead: of a GAN, one of each network. */
function MetricCell({ metric, values }: MetricCellProps) {
  if (values === null || (metric !== undefined && values[metric] !== undefined)) {
    return <td className="numeric-cell">{metricText(metric ?? 'loss', values?.[metric ?? 'loss'])}</td>
  }
  const names = losses.filter((name) => values[name] !== undefined)
  return (
    <td className="numeric-cell">
      {names.length === 0 && metricText('loss', undefined)}
      {names.map((name) => (
        <span key={name} className="run-table__metric">
          <span className="run-table__metric-name">{metricLabel(name)}</span> {metricText(name, values[name])}
        </span>
      ))}
    </td>
  )
}

const losses = ['loss', 'generatorLoss', 'discriminatorLoss'] as const

/** Accuracy where the runs have it, the loss otherwise; undefined where none of them has either. */
function mainMetric(runs: readonly RunSummary[]): string | undefined {
  const parts = runs.flatMap(({ validation, test }) => [validation, test]).filter((part) => part !== null)
  const found = ['accuracy', 'loss'].find((name) => parts.some((part) => part[name] !== undefined))
  return found ?? (parts.length === 0 ? 'loss' : undefined)
}
