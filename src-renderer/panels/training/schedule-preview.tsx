import { useMemo } from 'react'
import { t } from '../../../src-core/language/t.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import { Chart } from '../../ui/chart.tsx'
import { canPreview, previewSeries } from './preview-series.ts'

interface SchedulePreviewProps {
  readonly training: TrainingSettings
  /** Undefined while no dataset tells. */
  readonly stepsPerEpoch: number | undefined
}

/** Without data a length in steps is drawn as if an epoch had so many. */
const assumedSteps = 100

/** The learning rate over the run as it is set up. */
export function SchedulePreview({ training, stepsPerEpoch }: SchedulePreviewProps) {
  const series = useMemo(
    () => previewSeries(training, stepsPerEpoch ?? assumedSteps),
    [training, stepsPerEpoch],
  )
  const kind = canPreview(training)
  if (kind === 'constant') return null
  if (kind === 'afterResults') {
    return (
      <p className="training-settings__wide schedule-note">
        {t('How far it falls is decided by the results of the epochs, so there is no curve to draw yet.')}
      </p>
    )
  }
  return (
    <div className="training-settings__wide">
      <Chart title={t('Learning rate')} series={series} xLabel={t('epoch')} height={96} />
      {stepsPerEpoch === undefined && (
        <p className="schedule-note">
          {t('Drawn for {{steps}} steps per epoch until data are chosen.', { steps: assumedSteps })}
        </p>
      )}
    </div>
  )
}
