import { t } from '../../../src-core/language/t.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import { SwitchField } from '../../ui/switch.tsx'

interface PrecisionFieldProps {
  readonly precision: TrainingSettings['precision']
  readonly onChange: (precision: TrainingSettings['precision']) => void
}

/** Whether float16 may be used where it pays. */
export function PrecisionField({ precision, onChange }: PrecisionFieldProps) {
  return (
    <SwitchField
      layout="column"
      label={t('Mixed precision')}
      description={t(
        'Computes matrix products and convolutions in float16, and keeps weights, losses and statistics in float32. Saves time and memory on GPUs that can; processors gain nothing. With “Fastest” it is used only where it wins.',
      )}
      checked={precision === 'mixed16'}
      onChange={(checked) => onChange(checked ? 'mixed16' : undefined)}
    />
  )
}
