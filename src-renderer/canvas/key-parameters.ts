import { assertNever } from '../../src-core/assert-never.ts'
import type { LayerNode } from '../../src-core/document/model-document.ts'
import { layerDefinition } from '../../src-core/layers/catalogue.ts'
import type { ParameterField } from '../../src-core/layers/parameter-fields.ts'

/**
 * The parameters that tell a layer from others of its kind, in one line: the first one, and every other everyday one
 * that was changed. `10 filters · kernel size 5 × 5 · relu`.
 */
export function keyParameters(layer: LayerNode): string {
  const definition = layerDefinition(layer.kind)
  if (!definition) return ''
  return Object.entries(definition.parameters)
    .flatMap(([name, field], index) => {
      const value = layer.parameters[name]
      const changed = value !== undefined && JSON.stringify(value) !== JSON.stringify(field.default)
      if (field.advanced ? !changed : index > 0 && !changed) return []
      return [describe(field, value ?? field.default)]
    })
    .filter((text) => text !== '')
    .join(' · ')
}

function describe(field: ParameterField, value: unknown): string {
  const label = field.label.toLowerCase()
  switch (field.control) {
    case 'integer':
    case 'number':
      return `${label} ${String(value)}`
    case 'boolean':
      return `${label} ${value === true ? 'on' : 'off'}`
    case 'choice':
      return String(value)
    case 'integers':
      return `${label} ${sizes(value)}`
    case 'shape':
      return sizes(value)
    default:
      return assertNever(field)
  }
}

function sizes(value: unknown): string {
  return Array.isArray(value) ? value.join(' × ') : String(value)
}
