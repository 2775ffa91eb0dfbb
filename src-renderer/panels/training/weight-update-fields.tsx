import { mark, t } from '../../../src-core/language/t.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import {
  type ClippingConfig,
  type ClippingKind,
  clippingKinds,
  clippingSchema,
  weightAverageSchema,
  weightUpdateFields,
} from '../../../src-core/training/weight-update-config.ts'
import { SelectField } from '../../ui/select.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { SettingNumber } from './setting-number.tsx'

const clippingLabels: Readonly<Record<ClippingKind | 'none', string>> = {
  none: mark('None'),
  value: mark('By value'),
  norm: mark('By the norm of each weight'),
  globalNorm: mark('By the global norm'),
}

const firstLimit = 1

interface WeightUpdateFieldsProps {
  readonly training: TrainingSettings
  readonly onChange: (part: Partial<TrainingSettings>) => void
}

/** What is done with gradients and weights besides the optimizer's own formula. */
export function WeightUpdateFields({ training, onChange }: WeightUpdateFieldsProps) {
  const { clipping, weightAverage } = training
  return (
    <>
      <SettingNumber
        label={t('Accumulate batches')}
        description={t(
          'Batches whose gradients are averaged before the optimizer takes one step: a larger batch than fits in memory. 1 takes a step after every batch.',
        )}
        value={training.gradientAccumulationSteps ?? 1}
        schema={weightUpdateFields.gradientAccumulationSteps.unwrap()}
        onChange={(steps) => onChange({ gradientAccumulationSteps: steps === 1 ? undefined : steps })}
      />
      <SelectField
        layout="column"
        label={t('Gradient clipping')}
        description={t('Keeps single batches with huge gradients from throwing the weights far off.')}
        value={clipping?.kind ?? 'none'}
        options={(['none', ...clippingKinds] as const).map((value) => ({
          value,
          label: t(clippingLabels[value]),
        }))}
        onChange={(kind) =>
          onChange({ clipping: kind === 'none' ? undefined : { limit: clipping?.limit ?? firstLimit, kind } })
        }
      />
      {clipping && (
        <ClippingLimit clipping={clipping} onChange={(changed) => onChange({ clipping: changed })} />
      )}
      <SwitchField
        layout="column"
        label={t('Decay kernels only')}
        description={t('Weight decay then leaves biases and the weights of normalization layers alone.')}
        checked={training.excludeFromWeightDecay ?? false}
        onChange={(checked) => onChange({ excludeFromWeightDecay: checked || undefined })}
      />
      <SwitchField
        layout="column"
        label={t('Average weights')}
        description={t(
          'Validation, test, predictions and exports use a moving average of the weights, which is steadier than the last ones.',
        )}
        checked={weightAverage !== undefined}
        onChange={(checked) =>
          onChange({ weightAverage: checked ? weightAverageSchema.parse({}) : undefined })
        }
      />
      {weightAverage && (
        <SettingNumber
          label={t('Average momentum')}
          description={t(
            'How much of the average stays at every batch: 0.99 averages about the last hundred.',
          )}
          value={weightAverage.momentum}
          schema={weightAverageSchema.shape.momentum}
          step={0.001}
          onChange={(momentum) => onChange({ weightAverage: { momentum } })}
        />
      )}
    </>
  )
}

interface ClippingLimitProps {
  readonly clipping: ClippingConfig
  readonly onChange: (clipping: ClippingConfig) => void
}

function ClippingLimit({ clipping, onChange }: ClippingLimitProps) {
  return (
    <SettingNumber
      label={t('Clip at')}
      description={t(
        'The largest value of an element, or the largest norm. Shorter gradients stay as they are.',
      )}
      value={clipping.limit}
      schema={clippingSchema.shape.limit}
      step={0.1}
      onChange={(limit) => onChange({ ...clipping, limit })}
    />
  )
}
