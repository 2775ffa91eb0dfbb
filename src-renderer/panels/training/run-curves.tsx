import { useMemo } from 'react'
import { Chart } from '../../ui/chart.tsx'
import { formatMetric } from '../../ui/format.ts'
import { type CurveSource, lossSeries, metricNames, metricSeries } from './curves.ts'
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
  const names = metricNames(source)
  return (
    <div className="run-curves">
      <Chart title="Loss" series={loss} xLabel="step" syncKey="run" />
      {names.map((name) => (
        <MetricChart key={name} name={name} source={source} />
      ))}
    </div>
  )
}

function MetricChart({ name, source }: { readonly name: string; readonly source: CurveSource }) {
  const series = useMemo(() => metricSeries(source, name), [source, name])
  const isShare = name === 'accuracy'
  return (
    <Chart
      title={metricLabel(name)}
      series={series}
      xLabel="step"
      syncKey="run"
      {...(isShare ? { yRange: shareRange, formatY: percent } : {})}
    />
  )
}
