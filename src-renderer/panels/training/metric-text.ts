import { isShareMetric, metricTitle } from '../../../src-core/training/metrics/metric-names.ts'
import { formatMetric, formatPercent } from '../../ui/format.ts'

/** A metric's name for people. */
export function metricLabel(name: string): string {
  return metricTitle(name)
}

/** A metric's value with its unit: shares, such as accuracies, as percentages. */
export function metricText(name: string, value: number | undefined | null): string {
  if (value === undefined || value === null) return '–'
  return isShareMetric(name) ? formatPercent(value) : formatMetric(value)
}
