import { mark, t } from '../../../src-core/language/t.ts'
import { mixingKinds, mixingSchema, type TrainingSettings } from '../../../src-core/training/run-config.ts'
import { SelectField } from '../../ui/select.tsx'
import { SettingNumber } from './setting-number.tsx'

const labels = { none: mark('None'), mixup: 'mixup', cutMix: 'CutMix' } as const

interface MixingFieldsProps {
  readonly mixing: TrainingSettings['mixing']
  readonly onChange: (mixing: TrainingSettings['mixing']) => void
}

/** Whether, and how strongly, samples of a batch are blended with each other. */
export function MixingFields({ mixing, onChange }: MixingFieldsProps) {
  const choices = ['none', ...mixingKinds] as const
  return (
    <>
      <SelectField
        layout="column"
        label={t('Mixing')}
        description={t(
          'Blends samples of a batch, and their targets, with each other while training. mixup blends all values; CutMix pastes a part of another picture.',
        )}
        value={mixing?.kind ?? 'none'}
        options={choices.map((value) => ({ value, label: t(labels[value]) }))}
        onChange={(kind) => onChange(kind === 'none' ? undefined : mixingSchema.parse({ ...mixing, kind }))}
      />
      {mixing && (
        <SettingNumber
          label={t('Mixing alpha')}
          description={t(
            'How strongly samples are blended: 0.2 leaves most nearly as they are, 1 makes every share as likely.',
          )}
          value={mixing.alpha}
          step={0.1}
          schema={mixingSchema.shape.alpha}
          onChange={(alpha) => onChange({ ...mixing, alpha })}
        />
      )}
    </>
  )
}
