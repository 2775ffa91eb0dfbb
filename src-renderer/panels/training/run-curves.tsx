import { useMemo } from 'react'
import { t } from '../../../src-core/language/t.ts'
import { isShareMetric } from '../../../src-core/training/metrics/metric-names.ts'
import { Chart } from '../../ui/chart.tsx'
import { formatMetric } from '../../ui/format.ts'
import {
  type CurveSource,
  lastStep,
  learningRateSeries,
  lossSeries,
  metricNames,
  metricSeries,
  reportsLoss,
} from './curves.ts'
import { metricLabel } from './metric-text.ts'
import './run-curves.css'

interface RunCurvesProps {
  readonly source: CurveSource
}

const shareRange = [0, 1] as const
const percent = (value: number) => `${formatMetric(value * 100)} %`

/** Loss and metric curves of one run, side by side, with a common cursor. */
export function RunCurves({ source }: RunCurvesProps) {
  const loss = useMemo(() => lossSeries(source), [source])
  const rates = useMemo(() => learningRateSeries(source), [source])
  const names = metricNames(source)
  const last = lastStep(source)
  const lossTitle = reportsLoss(source) ? t('Loss') : t('Both losses')
  const extent = useMemo(() => [0, Math.max(1, last)] as const, [last])
  return (
    <div className="run-curves">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be scrolled by keyboard, too */}
      <section className="run-curves__charts" aria-label={t('Curves')} tabIndex={0}>
        <Chart title={lossTitle} series={loss} xLabel={t('step')} xExtent={extent} syncKey="run" />
        {names.map((name) => (
          <MetricChart key={name} name={name} source={source} extent={extent} />
        ))}
        {rates.length > 0 && (
          <Chart
            title={t('Learning rate')}
            series={rates}
            xLabel={t('step')}
            xExtent={extent}
            syncKey="run"
          />
        )}
      </section>
    </div>
  )
}

interface MetricChartProps {
  readonly name: string
  readonly source: CurveSource
  readonly extent: readonly [number, number]
}

function MetricChart({ name, source, extent }: MetricChartProps) {
  const series = useMemo(() => metricSeries(source, name), [source, name])
  const isShare = isShareMetric(name)
  return (
    <Chart
      title={metricLabel(name)}
      series={series}
      xLabel={t('step')}
      xExtent={extent}
      syncKey="run"
      {...(isShare ? { yRange: shareRange, formatY: percent } : {})}
    />
  )
}
