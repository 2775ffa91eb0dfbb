import { currentLanguage, t } from '../../../src-core/language/t.ts'
import * as core from '../../../src-core/training/metrics/metric-names.ts'
import { formatMetric, formatPercent } from '../../ui/format.ts'

/** A metric's name for people. */
export function metricLabel(name: string): string {
  const { output, own, k } = core.metricParts(name)
  const metric = k === undefined ? t(core.metricTitle(own)) : t('Top-{{k}} accuracy', { k })
  return output === undefined ? metric : t('{{metric}} of {{output}}', { metric, output })
}

/** The same in the middle of a sentence, where English writes it small. */
export function metricPhrase(name: string): string {
  return currentLanguage() === 'en' ? core.metricPhrase(name) : metricLabel(name)
}

/** A metric's value with its unit: shares, such as accuracies, as percentages. */
export function metricText(name: string, value: number | undefined | null): string {
  if (value === undefined || value === null) return '–'
  return core.isShareMetric(name) ? formatPercent(value) : formatMetric(value)
}
