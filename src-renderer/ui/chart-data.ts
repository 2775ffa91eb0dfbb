import uPlot from 'uplot'
import { t } from '../../src-core/language/t.ts'

export interface ChartSeries {
  readonly name: string
  /** Points in ascending x; null breaks the line. */
  readonly points: readonly (readonly [x: number, y: number | null])[]
  /** A CSS colour; takes the next series colour when absent. */
  readonly colour?: string
  readonly dashed?: boolean
  /** For curves of very many values, behind the others. */
  readonly thin?: boolean
  /** Draws the points themselves, for curves of few values. */
  readonly dots?: boolean
}

/**
 * uPlot wants one common x for all series; where a series has no point the value is undefined and the line runs on.
 * `extent` are the ends of the x axis, where it is to reach further than the points.
 */
export function alignSeries(
  series: readonly ChartSeries[],
  extent: readonly number[] = [],
): uPlot.AlignedData {
  if (series.length === 0) return [[]]
  return uPlot.join([
    [[...extent]],
    ...series.map(
      (one): uPlot.AlignedData => [
        one.points.map(([x]) => x),
        one.points.map(([, y]) => (y !== null && Number.isFinite(y) ? y : null)),
      ],
    ),
  ])
}

/** One sentence a screen reader says instead of showing the curves. */
export function describeChart(title: string, series: readonly ChartSeries[], xLabel: string): string {
  const ends = series.flatMap((one) => {
    const last = one.points.findLast(([, y]) => y !== null)
    if (!last) return []
    const value = Number((last[1] ?? 0).toPrecision(4))
    return [t('{{name}} {{value}} at {{axis}} {{x}}', { name: one.name, value, axis: xLabel, x: last[0] })]
  })
  return ends.length === 0
    ? t('{{title}}: no values yet', { title })
    : t('{{title}}: {{values}}', { title, values: ends.join(t('; ')) })
}
