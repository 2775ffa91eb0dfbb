import { useEffect, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import { t } from '../../src-core/language/t.ts'
import 'uplot/dist/uPlot.min.css'
import './chart.css'
import { alignSeries, type ChartSeries, describeChart } from './chart-data.ts'
import { formatCount, formatMetric, formatShort } from './format.ts'
import { useColours } from './use-colours.ts'

interface ChartProps {
  readonly title: string
  readonly series: readonly ChartSeries[]
  /** What x counts, e.g. `step`. */
  readonly xLabel: string
  readonly formatY?: (value: number) => string
  /** Fixes the y axis, e.g. [0, 1] for shares. */
  readonly yRange?: readonly [number, number]
  /** How far the x axis reaches at least, so that charts side by side agree. */
  readonly xExtent?: readonly [number, number]
  readonly logarithmic?: boolean
  /** Height in CSS pixels; fills its parent when absent. */
  readonly height?: number
  /** Charts with the same key show the cursor at the same x. */
  readonly syncKey?: string
}

const dash = [6, 4]

/** Line curves that follow the theme, resize with their container and describe themselves to screen readers. */
export function Chart(props: ChartProps) {
  const { title, series, xLabel, xExtent, formatY = formatMetric, height } = props
  const holder = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const colours = useColours(series)
  const data = useMemo(() => alignSeries(series, xExtent), [series, xExtent])
  const [hoveredX, setHoveredX] = useState<number | null>(null)
  const latestData = useRef(data)
  latestData.current = data

  // The plot is rebuilt when its make-up changes, and only fed when values arrive.
  const makeUp = JSON.stringify([
    series.map((one) => [one.name, one.dashed, one.dots, one.thin]),
    colours,
    props.yRange,
    props.logarithmic,
    props.syncKey,
  ])
  // biome-ignore lint/correctness/useExhaustiveDependencies: makeUp stands for everything the options are made of
  useEffect(() => {
    const element = holder.current
    if (!element) return
    const size = () => ({
      width: Math.max(80, element.clientWidth),
      height: Math.max(60, element.clientHeight),
    })
    const setCursor = ({ cursor, data: [xs] }: uPlot) => setHoveredX(xs[cursor.idx ?? -1] ?? null)
    const options = { ...chartOptions(props, colours), ...size(), hooks: { setCursor: [setCursor] } }
    const made = new uPlot(options, latestData.current, element)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize(size()))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [makeUp])
  useEffect(() => plot.current?.setData(data), [data])

  return (
    <div className="chart" role="img" aria-label={describeChart(title, series, xLabel)}>
      <div className="chart__header">
        <span className="chart__title">{title}</span>
        <span className="chart__legend">
          {series.map((one, index) => (
            <span key={one.name} className="chart__key">
              <LineSample colour={colours.series[index] ?? 'currentColor'} dashed={one.dashed ?? false} />
              {one.name} {valueAt(one, hoveredX, formatY)}
            </span>
          ))}
          {hoveredX !== null && (
            <span>{t('at {{axis}} {{x}}', { axis: xLabel, x: formatCount(hoveredX) })}</span>
          )}
        </span>
      </div>
      <div
        ref={holder}
        className="chart__plot"
        style={height === undefined ? {} : { height, flex: 'none' }}
      />
    </div>
  )
}

/** The value under the cursor, or the last one while there is no cursor. */
function valueAt(series: ChartSeries, hoveredX: number | null, format: (value: number) => string): string {
  const value = series.points.findLast(([x, y]) => y !== null && (hoveredX === null || x <= hoveredX))?.[1]
  return value === undefined || value === null ? '' : format(value)
}

function LineSample({ colour, dashed }: { readonly colour: string; readonly dashed: boolean }) {
  return (
    <svg width="18" height="6" aria-hidden="true">
      <line
        x1="0"
        y1="3"
        x2="18"
        y2="3"
        stroke={colour}
        strokeWidth="2"
        {...(dashed ? { strokeDasharray: '5 3' } : {})}
      />
    </svg>
  )
}

type Colours = ReturnType<typeof useColours>

function chartOptions(props: ChartProps, colours: Colours): Omit<uPlot.Options, 'width' | 'height'> {
  const { series, xLabel, formatY = formatMetric, yRange, logarithmic, syncKey } = props
  const axis = { stroke: colours.muted, grid: { stroke: colours.border, width: 1 }, ticks: { show: false } }
  const font = `11px ${colours.font}`
  return {
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false },
      ...(syncKey === undefined ? {} : { sync: { key: syncKey } }),
    },
    scales: {
      x: { time: false },
      y: { ...(logarithmic ? { distr: 3 } : {}), ...(yRange ? { range: [yRange[0], yRange[1]] } : {}) },
    },
    axes: [
      { ...axis, font, size: 26, values: (_, ticks) => ticks.map((tick) => formatShort(tick)) },
      // Wide enough for the longest label of a loss or share.
      {
        ...axis,
        font,
        size: 48,
        values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : formatY(tick))),
      },
    ],
    series: [
      { label: xLabel },
      ...series.map(
        (one, index): uPlot.Series => ({
          label: one.name,
          stroke: colours.series[index] ?? colours.muted,
          width: one.thin ? 1 : 1.75,
          points: { show: one.dots ?? false, size: 5 },
          ...(one.dashed ? { dash } : {}),
        }),
      ),
    ],
  }
}
