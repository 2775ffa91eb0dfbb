import { RefreshCw } from 'lucide-react'
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
        label="Noise"
        value={drawn ? 'training' : 'prediction'}
        segments={[
          { value: 'prediction', label: 'Predicting' },
          { value: 'training', label: 'Training' },
        ]}
        onChange={(noise) => choose({ noise })}
      />
      <IconButton
        label="Draw again"
        icon={RefreshCw}
        size="small"
        disabled={!drawn}
        tooltip={`Draw again (seed ${seed})`}
        onClick={() => choose({ seed: seed + 1 })}
      />
    </div>
  )
}
