import { repeatsOf, type WithBlocks } from '../document/blocks/block-kinds.ts'
import { layerFace } from '../document/blocks/layer-face.ts'
import { isBypassed } from '../document/layer-edits.ts'
import { isFrozen } from '../document/layer-training.ts'
import type { LayerNode } from '../document/model-document.ts'
import { resolveParameters } from '../layers/resolve-parameters.ts'

/** How drawings with blocks are shown: each block as one layer, or as the layers that it holds. */
export const blockViews = ['opened', 'collapsed'] as const
export type BlockView = (typeof blockViews)[number]

/** A layer's kind as people know it, of a block its name; the kind's own name when nothing knows it. */
export function kindLabel(kind: string, document: WithBlocks = {}): string {
  return layerFace(document, kind)?.label ?? kind
}

/**
 * The parameters that tell one layer of a kind from another, e.g. `filters 10, kernelSize 5 × 5, activation relu`: the
 * essential ones, and every other that is not at its default, and whether it is frozen or
 * bypassed. Values that are no good are shown as they are.
 */
export function parameterText(node: LayerNode, document: WithBlocks = {}): string {
  const definition = layerFace(document, node.kind)
  if (!definition) return ''
  const { values } = resolveParameters(definition, node.parameters)
  const shown = Object.entries(definition.parameters).flatMap(([name, field]) => {
    const given = Object.hasOwn(node.parameters, name) ? node.parameters[name] : values[name]
    const isDefault = JSON.stringify(given) === JSON.stringify(field.default)
    return isDefault && field.essential !== true ? [] : [`${name} ${valueText(given)}`]
  })
  const repeats = repeatsOf(node) > 1 ? [`${repeatsOf(node)} times in a row`] : []
  return [...shown, ...repeats, ...trainingText(node), ...(isBypassed(node) ? ['bypassed'] : [])].join(', ')
}

/** What a layer says about its training when it is not like that of others. */
function trainingText(node: LayerNode): string[] {
  if (isFrozen(node)) return ['frozen']
  const factor = node.learningRateFactor ?? 1
  return factor === 1 ? [] : [`learning rate × ${factor}`]
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) {
    // Numbers are sizes; names are a list.
    return value.map(String).join(value.some((item) => typeof item === 'string') ? ' + ' : ' × ')
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}
