import { currentLanguage, t } from '../../../src-core/language/t.ts'
import type { SettingPhrases } from '../../../src-core/training/describe-settings.ts'
import type { Length } from '../../../src-core/training/schedules/length.ts'
import { type Monitor, monitorText } from '../../../src-core/training/schedules/monitor.ts'
import { metricLabel } from './metric-text.ts'

/** What is watched, for sentences: `validation loss`. */
export function monitorPhrase(monitor: Monitor): string {
  if (currentLanguage() === 'en') return monitorText(monitor)
  const metric = metricLabel(monitor.metric)
  return monitor.part === 'train'
    ? t('training {{metric}}', { metric })
    : t('validation {{metric}}', { metric })
}

/** A stretch of training: `5 epochs`, `1 step`. */
function lengthPhrase({ unit, count }: Length): string {
  return unit === 'epochs' ? t('{{count}} epochs', { count }) : t('{{count}} steps', { count })
}

/** Settings in the words of the window's language. */
export const settingPhrases: SettingPhrases = {
  text: (text, values) => t(text, { ...values, context: 'setting' }),
  length: lengthPhrase,
  monitor: monitorPhrase,
}
