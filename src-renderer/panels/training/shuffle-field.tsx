import { t } from '../../../src-core/language/t.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import { SwitchField } from '../../ui/switch.tsx'

interface ShuffleFieldProps {
  readonly shuffle: TrainingSettings['shuffle']
  readonly onChange: (shuffle: TrainingSettings['shuffle']) => void
}

/** Whether every epoch has an order of its own. */
export function ShuffleField({ shuffle, onChange }: ShuffleFieldProps) {
  return (
    <SwitchField
      layout="column"
      label={t('Shuffle rows')}
      description={t(
        'Takes the rows in another order in every epoch, and draws the parts of the split. Off, rows come in the order of the dataset, and each part is a stretch of it: for rows that follow each other in time.',
      )}
      checked={shuffle !== false}
      onChange={(checked) => onChange(checked ? undefined : false)}
    />
  )
}
