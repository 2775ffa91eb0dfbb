import { blockIdOf, portLayers } from '../../../src-core/document/blocks/block-kinds.ts'
import type { LayerFace } from '../../../src-core/document/blocks/layer-face.ts'
import type { BlockDefinition } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import type { PortDefinition } from '../../../src-core/layers/define-layer.ts'
import type { ParameterField } from '../../../src-core/layers/parameter-fields.ts'

/** What a parameter is called. What a block exposes has the name that a person gave it. */
export function fieldLabel(kind: string, { label }: ParameterField): string {
  return blockIdOf(kind) === undefined ? t(label) : label
}

/** What a port is called. Those of a block have the names of the layers inside. */
export function portLabel(kind: string, { label }: PortDefinition): string {
  return blockIdOf(kind) === undefined ? t(label) : label
}

/** What a kind of layer does; of a block, how much is inside. */
export function faceDescription({ description }: LayerFace, block: BlockDefinition | undefined): string {
  if (!block) return t(description)
  const ports = portLayers(block, 'inputs').length + portLayers(block, 'outputs').length
  return t('A block of this drawing with {{count, number}} layers inside.', {
    count: block.layers.length - ports,
  })
}
