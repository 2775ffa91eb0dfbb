import {
  isFrozen,
  type LayerTraining,
  layerTrainingFields,
} from '../../../src-core/document/layer-training.ts'
import type { LayerNode } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import { useCompile } from '../../state/compile-store.ts'
import { dispatch } from '../../state/project-store.ts'
import { Section } from '../../ui/panel.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { SettingNumber } from '../training/setting-number.tsx'

interface LayerTrainingFormProps {
  readonly layer: LayerNode
}

/** Whether and how fast the weights of a layer learn; nothing for a layer that has none. */
export function LayerTrainingForm({ layer }: LayerTrainingFormProps) {
  const parameterCount = useCompile((state) => state.layers.get(layer.id)?.parameterCount)
  const frozen = isFrozen(layer)
  const factor = layer.learningRateFactor ?? 1
  if (!parameterCount && !frozen && factor === 1) return null
  const { name } = layer
  const set = (changes: LayerTraining, label: string) =>
    dispatch(
      { type: 'setLayerTraining', layerId: layer.id, changes },
      { label, coalesceKey: `${layer.id}.training.${Object.keys(changes).join()}` },
    )
  return (
    <Section title={t('Training')}>
      <SwitchField
        label={t('Frozen')}
        description={t('The weights stay as they are. Batch normalization then uses its moving statistics.')}
        checked={frozen}
        onChange={(next) =>
          set(
            { trainable: next ? false : undefined },
            next ? t('Freeze {{name}}', { name }) : t('Unfreeze {{name}}', { name }),
          )
        }
      />
      {!frozen && (
        <SettingNumber
          label={t('Learning rate factor')}
          description={t(
            'This layer learns at the learning rate times this: small for layers that know much already.',
          )}
          value={factor}
          schema={layerTrainingFields.learningRateFactor.unwrap()}
          step={0.1}
          onChange={(next) =>
            set(
              { learningRateFactor: next === 1 ? undefined : next },
              t('Change the learning rate of {{name}}', { name }),
            )
          }
        />
      )}
    </Section>
  )
}
