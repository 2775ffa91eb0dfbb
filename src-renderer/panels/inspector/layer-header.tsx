import type { LayerFace } from '../../../src-core/document/blocks/layer-face.ts'
import type { BlockDefinition, LayerNode } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import { categoryLook } from '../../canvas/categories.ts'
import { dispatch } from '../../state/project-store.ts'
import { useCommittedText } from '../../ui/text-field.tsx'
import { faceDescription } from './face-words.ts'

interface LayerHeaderProps {
  readonly layer: LayerNode
  readonly definition: LayerFace | undefined
  /** Which the layer is a use of. */
  readonly block: BlockDefinition | undefined
}

/** Kind, name (to be changed in place) and description of a layer. */
export function LayerHeader({ layer, definition, block }: LayerHeaderProps) {
  const look = categoryLook(definition?.category)
  const Icon = look.icon
  const name = useCommittedText(layer.name, (next) =>
    dispatch({ type: 'renameLayer', layerId: layer.id, name: next }),
  )
  return (
    <header className="layer-header">
      <p className="layer-header__kind">
        <Icon size={15} aria-hidden style={{ color: look.colour }} />
        <span className="truncate">{definition?.label ?? layer.kind}</span>
        <span className="layer-header__category truncate">
          {definition ? t(definition.category) : t('unknown kind')}
        </span>
      </p>
      <div className="input">
        <input data-layer-name aria-label={t('Layer name')} spellCheck={false} maxLength={200} {...name} />
      </div>
      {definition && <p className="inspector__text">{faceDescription(definition, block)}</p>}
    </header>
  )
}
