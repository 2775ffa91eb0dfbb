import { t } from '../../../src-core/language/t.ts'
import {
  type EarlyStoppingConfig,
  earlyStoppingSchema,
} from '../../../src-core/training/schedules/early-stopping.ts'
import { SwitchField } from '../../ui/switch.tsx'
import { MonitorField } from './monitor-field.tsx'
import { SettingNumber } from './setting-number.tsx'

interface EarlyStoppingSettingsProps {
  readonly earlyStopping: EarlyStoppingConfig | null
  readonly metrics: readonly string[]
  readonly onChange: (earlyStopping: EarlyStoppingConfig | null) => void
}

/** Whether training ends when it no longer helps, and which weights are kept. */
export function EarlyStoppingSettings({ earlyStopping, metrics, onChange }: EarlyStoppingSettingsProps) {
  const { shape } = earlyStoppingSchema
  return (
    <>
      <SwitchField
        layout="column"
        label={t('Early stopping')}
        description={t('Training ends when a metric has stopped getting better.')}
        checked={earlyStopping !== null}
        onChange={(on) => onChange(on ? earlyStoppingSchema.parse({}) : null)}
      />
      {earlyStopping && (
        <>
          <MonitorField
            label={t('Stops by')}
            value={earlyStopping.monitor}
            metrics={metrics}
            onChange={(monitor) => onChange({ ...earlyStopping, monitor })}
          />
          <SettingNumber
            label={t('Stop after')}
            description={t('Epochs without improvement after which training ends.')}
            value={earlyStopping.patience}
            schema={shape.patience}
            onChange={(patience) => onChange({ ...earlyStopping, patience })}
          />
          <SettingNumber
            label={t('Least gain')}
            description={t('What is less counts as no improvement.')}
            value={earlyStopping.minDelta}
            step={0.001}
            schema={shape.minDelta}
            onChange={(minDelta) => onChange({ ...earlyStopping, minDelta })}
          />
          <SwitchField
            layout="column"
            label={t('Keep best weights')}
            description={t(
              'The weights of the best epoch are kept instead of the last, also when training was not ended early.',
            )}
            checked={earlyStopping.restoreBestWeights}
            onChange={(restoreBestWeights) => onChange({ ...earlyStopping, restoreBestWeights })}
          />
        </>
      )}
    </>
  )
}
