import { t } from '../../../src-core/language/t.ts'
import { type WarmUp, warmUpSchema } from '../../../src-core/training/schedules/warm-up.ts'
import { SwitchField } from '../../ui/switch.tsx'
import { LengthField } from './length-field.tsx'
import { SettingNumber } from './setting-number.tsx'

interface WarmUpSettingsProps {
  readonly warmUp: WarmUp | null
  readonly onChange: (warmUp: WarmUp | null) => void
}

/** Whether and how the learning rate rises before its schedule begins. */
export function WarmUpSettings({ warmUp, onChange }: WarmUpSettingsProps) {
  return (
    <>
      <SwitchField
        layout="column"
        label={t('Warm-up')}
        description={t('The learning rate rises in a straight line before its schedule begins.')}
        checked={warmUp !== null}
        onChange={(on) => onChange(on ? warmUpSchema.parse({}) : null)}
      />
      {warmUp && (
        <>
          <SettingNumber
            label={t('From', { context: 'warm-up' })}
            description={t("The share of the schedule's first rate that it begins with.")}
            value={warmUp.startFactor}
            step={0.1}
            schema={warmUpSchema.shape.startFactor}
            onChange={(startFactor) => onChange({ ...warmUp, startFactor })}
          />
          <LengthField
            label={t('Warm-up length')}
            description={t('How long it rises.')}
            value={warmUp.length}
            onChange={(length) => length && onChange({ ...warmUp, length })}
          />
        </>
      )}
    </>
  )
}
