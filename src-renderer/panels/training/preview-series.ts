import { t } from '../../../src-core/language/t.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import { learningRateSchedule } from '../../../src-core/training/schedules/learning-rate.ts'
import type { ChartSeries } from '../../ui/chart-data.ts'

/** More than a small chart has pixels, so that short cycles are not drawn as other ones. */
const mostPoints = 1000

/** The learning rate over the epochs of a run that has not begun. */
export function previewSeries(settings: TrainingSettings, stepsPerEpoch: number): ChartSeries[] {
  const rate = learningRateSchedule(settings, stepsPerEpoch)
  const last = settings.epochs * stepsPerEpoch - 1
  const count = Math.min(mostPoints, last + 1)
  const points = Array.from({ length: count }, (_, index): [number, number] => {
    const step = count === 1 ? 0 : Math.round((index * last) / (count - 1))
    return [Number((step / stepsPerEpoch).toPrecision(6)), rate(step)]
  })
  return [{ name: t('planned'), points, colour: 'var(--series-1)' }]
}

/** What can be said of a run's rates before it has begun. */
export function canPreview({ schedule, warmUp }: TrainingSettings): 'curve' | 'afterResults' | 'constant' {
  if (warmUp !== null) return 'curve'
  if (schedule.kind === 'reduceOnPlateau') return 'afterResults'
  return schedule.kind === 'constant' ? 'constant' : 'curve'
}
