import { assertNever } from '../../src-core/assert-never.ts'
import type { LayerFace } from '../../src-core/document/blocks/layer-face.ts'
import type { LayerNode } from '../../src-core/document/model-document.ts'
import { t } from '../../src-core/language/t.ts'
import { layerDefinition } from '../../src-core/layers/catalogue.ts'
import type { ParameterField } from '../../src-core/layers/parameter-fields.ts'

/**
 * The parameters that tell a layer from others of its kind: the first one, and every other one that was changed, as in
 * `filters 10`, `kernel 5×5`, `relu`.
 */
export function keyParameters(
  layer: LayerNode,
  definition: LayerFace | undefined = layerDefinition(layer.kind),
): string[] {
  if (!definition) return []
  return Object.entries(definition.parameters)
    .flatMap(([name, field], index) => {
      const value = layer.parameters[name]
      const changed = value !== undefined && JSON.stringify(value) !== JSON.stringify(field.default)
      if (!changed && (field.advanced || index > 0)) return []
      return [describe(field, value ?? field.default)]
    })
    .filter((text) => text !== '')
}

function describe(field: ParameterField, value: unknown): string {
  const label = t(field.label).toLowerCase()
  switch (field.control) {
    case 'integer':
    case 'number':
      return `${label} ${String(value)}`
    case 'boolean':
      return value === true
        ? t('{{parameter}} on', { parameter: label })
        : t('{{parameter}} off', { parameter: label })
    case 'choice':
      // What is left to the app says nothing about the layer.
      return value === 'auto' ? '' : String(value)
    case 'integers':
      // Little room, and the numbers show what is meant: `kernel 5×5`.
      return `${label.replace(/ size$|大小$/, '')} ${sizes(value, '×')}`
    case 'text':
      return String(value)
    case 'shape':
      return sizes(value)
    case 'numbers':
      // Long lists say little at a glance.
      return Array.isArray(value) && value.length > 3
        ? t('{{parameter}} of {{length}}', { parameter: label, length: value.length })
        : `${label} ${sizes(value, t(', '))}`
    case 'choices':
      return Array.isArray(value) ? value.join(t(', ')) : String(value)
    default:
      return assertNever(field)
  }
}

function sizes(value: unknown, separator = ' × '): string {
  return Array.isArray(value) ? value.join(separator) : String(value)
}
