import { isBypassed } from '../document/layer-edits.ts'
import { isFrozen } from '../document/layer-training.ts'
import type { LayerNode } from '../document/model-document.ts'
import { layerDefinition } from '../layers/catalogue.ts'
import { resolveParameters } from '../layers/resolve-parameters.ts'

/** A layer's kind as people know it; the kind's own name when it is not in the catalogue. */
export function kindLabel(kind: string): string {
  return layerDefinition(kind)?.label ?? kind
}

/**
 * The parameters that tell one layer of a kind from another, e.g. `filters 10, kernelSize 5 × 5, activation relu`: the
 * essential ones, and every other that is not at its default, and whether it is frozen or
 * bypassed. Values that are no good are shown as they are.
 */
export function parameterText(node: LayerNode): string {
  const definition = layerDefinition(node.kind)
  if (!definition) return ''
  const { values } = resolveParameters(definition, node.parameters)
  const shown = Object.entries(definition.parameters).flatMap(([name, field]) => {
    const given = Object.hasOwn(node.parameters, name) ? node.parameters[name] : values[name]
    const isDefault = JSON.stringify(given) === JSON.stringify(field.default)
    return isDefault && field.essential !== true ? [] : [`${name} ${valueText(given)}`]
  })
  return [...shown, ...trainingText(node), ...(isBypassed(node) ? ['bypassed'] : [])].join(', ')
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
