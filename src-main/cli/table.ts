import { isShareMetric, metricPhrase } from '../../src-core/training/metrics/metric-names.ts'

/** Columns of text for a terminal; columns that hold only numbers (and units) are aligned to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows]
  const columns = header.map((_title, column) => {
    const cells = all.map((row) => row[column] ?? '')
    const width = Math.max(...cells.map((cell) => cell.length))
    const body = rows.map((row) => row[column] ?? '')
    const numeric = body.length > 0 && body.every((cell) => cell === '' || /^[−\-+]?\d/.test(cell))
    return { width, numeric }
  })
  const line = (row: readonly string[]) =>
    columns
      .map(({ width, numeric }, column) => {
        const cell = row[column] ?? ''
        return numeric ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  const rule = columns.map(({ width }) => '─'.repeat(width)).join('  ')
  return `${[line(header), rule, ...rows.map(line)].join('\n')}\n`
}

/** 1234567 → "1,234,567". */
export function count(value: number): string {
  return value.toLocaleString('en')
}

/** A share as people read accuracies: 0.9731 → "97.31 %". */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}

/** Seconds as "12 ms", "1.8 s", "42 s", "3 min 20 s", "1 h 5 min". */
export function duration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** Bytes with a unit that keeps the number short. */
export function bytes(value: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const exponent = value < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10))
  const scaled = value / 1024 ** exponent
  return `${exponent === 0 ? scaled : scaled.toFixed(scaled < 10 ? 1 : 0)} ${units[exponent]}`
}

/** Metric values on one line: "loss 0.0812, accuracy 97.31 %". The learning rate among them is none of the results. */
export function metrics(values: Readonly<Record<string, number>> | null): string {
  if (values === null) return '—'
  return Object.entries(values)
    .filter(([name]) => name !== 'learningRate')
    .map(([name, value]) => {
      const text = isShareMetric(name) ? percent(value) : significant(value)
      return `${metricPhrase(name)} ${text}`
    })
    .join(', ')
}

/** The learning rate among an epoch's values: "0.0005"; empty for runs that did not record it. */
export function learningRate({ learningRate: rate }: Readonly<Record<string, number>>): string {
  return rate === undefined ? '' : String(Number(rate.toPrecision(4)))
}

/** Four significant digits, without needless zeros for large numbers. */
export function significant(value: number): string {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(4)
}
