import { CircleSlash, Replace } from 'lucide-react'
import { blockIdOf } from '../../../src-core/document/blocks/block-kinds.ts'
import { isBypassed } from '../../../src-core/document/layer-edits.ts'
import type { LayerNode } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import { shortcutText } from '../../app/shortcuts.ts'
import { canSplitWire } from '../../canvas/add-layer.ts'
import { askReplacement } from '../../canvas/layer-actions.ts'
import { dispatch, useProject } from '../../state/project-store.ts'
import { Button } from '../../ui/button.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import './layer-actions.css'

/** Replacing a layer and switching it off, where its kind lets it. */
export function LayerActions({ layer }: { readonly layer: LayerNode }) {
  const bypassed = isBypassed(layer)
  const inTheMiddle = canSplitWire(layer.kind, useProject((state) => state.drawing) ?? {})
  const isBlock = blockIdOf(layer.kind) !== undefined
  if (!inTheMiddle && !bypassed) return null
  return (
    <div className="layer-actions">
      <SwitchField
        label={t('Bypassed')}
        description={t('The layer computes nothing: what reaches it goes on as it is.')}
        checked={bypassed}
        onChange={(next) => dispatch({ type: 'setBypassed', layerId: layer.id, bypassed: next })}
      />
      {bypassed && (
        <p className="layer-actions__note">
          <CircleSlash size={14} aria-hidden /> {t('Left out of training and exports.')}
        </p>
      )}
      {inTheMiddle && !isBlock && (
        <Button size="small" icon={Replace} title={shortcutText('replace')} onClick={askReplacement}>
          {t('Replace…')}
        </Button>
      )}
    </div>
  )
}
