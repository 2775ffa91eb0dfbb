import { RefreshCw } from 'lucide-react'
import { t } from '../../../src-core/language/t.ts'
import { usePreview } from '../../state/preview-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'

/** Whether layers make noise as in training, and which. */
export function NoisePicker({ drawn }: { readonly drawn: boolean }) {
  const choose = usePreview((state) => state.choose)
  const seed = usePreview((state) => state.seed)
  return (
    <div className="preview-row">
      <Segmented
        label={t('Noise')}
        value={drawn ? 'training' : 'prediction'}
        segments={[
          { value: 'prediction', label: t('Predicting') },
          { value: 'training', label: t('Training') },
        ]}
        onChange={(noise) => choose({ noise })}
      />
      <IconButton
        label={t('Draw again')}
        icon={RefreshCw}
        size="small"
        disabled={!drawn}
        tooltip={t('Draw again (seed {{seed}})', { seed })}
        onClick={() => choose({ seed: seed + 1 })}
      />
    </div>
  )
}
