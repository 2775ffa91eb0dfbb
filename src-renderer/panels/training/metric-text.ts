import { formatMetric, formatPercent } from '../../ui/format.ts'

const labels: Readonly<Record<string, string>> = {
  loss: 'Loss',
  accuracy: 'Accuracy',
  meanAbsoluteError: 'Mean absolute error',
  learningRate: 'Learning rate',
}

/** A metric's name for people. */
export function metricLabel(name: string): string {
  return labels[name] ?? name
}

/** A metric's value with its unit: accuracies as percentages. */
export function metricText(name: string, value: number | undefined | null): string {
  if (value === undefined || value === null) return '–'
  return name === 'accuracy' ? formatPercent(value) : formatMetric(value)
}
