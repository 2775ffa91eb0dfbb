import { allLayerDefinitions } from '../layers/catalogue.ts'
import { type LayerDefinition, layerCategories, type PortDefinition } from '../layers/define-layer.ts'
import type { ParameterField } from '../layers/parameter-fields.ts'
import { requirement } from '../layers/resolve-parameters.ts'

/** The reference of every layer kind as Markdown, by category: what docs/layers.md holds. */
export function layerReference(): string {
  const sections = layerCategories.flatMap((category) => {
    const kinds = allLayerDefinitions.filter((definition) => definition.category === category)
    return kinds.length === 0 ? [] : [`## ${category}\n`, ...kinds.map(kindText)]
  })
  const head = `# Layers

${allLayerDefinitions.length} kinds, as the palette offers them. Shapes are those of one sample: a list is \`values\`, a sequence \`steps × features\`, an
image \`channels × height × width\`, a volume \`channels × depth × height × width\`. The names in \`code\` are those of documents.
Written from the catalogue; \`npm run test:unit -- -u tests/unit/export/layer-reference\` writes it again.
`
  return [head, ...sections].join('\n')
}

function kindText(definition: LayerDefinition): string {
  const { kind, label, description, formula, reference, inputs, parameters } = definition
  const rows = Object.entries(parameters).map(
    ([name, field]) =>
      `| \`${name}\` | ${cell(field.label)} | ${cell(shown(field))} | ${cell(requirement(field))} | ${cell(field.description)} |`,
  )
  const table =
    rows.length === 0
      ? ''
      : `\n| | parameter | default | takes | |\n|---|---|---|---|---|\n${rows.join('\n')}\n`
  const ports =
    inputs.length > 1 || inputs.some(({ many }) => many)
      ? `\nInputs: ${inputs.map(portText).join('; ')}.\n`
      : ''
  return `### ${label} (\`${kind}\`)

${description}

\`${formula}\`
${ports}${table}
Source: ${reference}.
`
}

function portText({ name, label, many, minimum, maximum }: PortDefinition): string {
  if (!many) return `\`${name}\` (${label})`
  if (maximum === 1) return `\`${name}\` (${label}), optional`
  return `\`${name}\` (${label}), ${minimum ?? 1}${maximum === undefined ? ' or more' : ` to ${maximum}`} wires`
}

function shown(field: ParameterField): string {
  const value = field.default
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  return String(value)
}

/** Bars would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
