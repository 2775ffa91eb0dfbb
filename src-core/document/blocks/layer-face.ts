import { layerDefinition } from '../../layers/catalogue.ts'
import type { LayerCategory, PortDefinition } from '../../layers/define-layer.ts'
import type { ParameterField, ParameterSchema } from '../../layers/parameter-fields.ts'
import type { BlockDefinition, ExposedParameter } from '../model-document.ts'
import {
  blockInputKind,
  blockOfKind,
  blockOutputKind,
  blocksOf,
  inputOfBlockOutput,
  outputOfBlockInput,
  portLayers,
  type WithBlocks,
} from './block-kinds.ts'

/** What is to be seen of a kind of layer from outside: of those of the catalogue, of blocks, and of the ports in blocks. */
export interface LayerFace {
  readonly kind: string
  readonly label: string
  readonly category: LayerCategory
  readonly description: string
  readonly inputs: readonly PortDefinition[]
  readonly outputs: readonly PortDefinition[]
  readonly parameters: ParameterSchema
}

const blockInputFace: LayerFace = {
  kind: blockInputKind,
  label: 'Block input',
  category: 'Input and output',
  description: 'What is wired to this port of the block, outside.',
  inputs: [],
  outputs: [{ name: outputOfBlockInput, label: 'Output' }],
  parameters: {},
}

const blockOutputFace: LayerFace = {
  kind: blockOutputKind,
  label: 'Block output',
  category: 'Input and output',
  description: 'What this port of the block gives, outside.',
  inputs: [{ name: inputOfBlockOutput, label: 'Input' }],
  outputs: [],
  parameters: {},
}

/** What a kind of layer looks like in this document; undefined for a kind that is not known, or a block that is missing. */
export function layerFace(document: WithBlocks, kind: string): LayerFace | undefined {
  const known = layerDefinition(kind)
  if (known) return known
  if (kind === blockInputKind) return blockInputFace
  if (kind === blockOutputKind) return blockOutputFace
  const block = blockOfKind(document, kind)
  return block && blockFace(document, block)
}

function blockFace(document: WithBlocks, block: BlockDefinition): LayerFace {
  const ports = (side: 'inputs' | 'outputs') =>
    portLayers(block, side).map(({ id, name }): PortDefinition => ({ name: id, label: name }))
  return {
    kind: `block:${block.id}`,
    label: block.name,
    category: 'Block',
    description: `A block of this drawing with ${counted(block.layers.length - portLayers(block, 'inputs').length - portLayers(block, 'outputs').length, 'layer')} inside.`,
    inputs: ports('inputs'),
    outputs: ports('outputs'),
    parameters: exposedFields(document, block),
  }
}

/** Of several that are set together, the first says what the value looks like. */
function exposedFields(document: WithBlocks, block: BlockDefinition): ParameterSchema {
  const fields = new Map<string, ParameterField>()
  for (const exposed of block.parameters) {
    const field = fields.has(exposed.name) ? undefined : exposedField(document, block, exposed)
    if (field) fields.set(exposed.name, field)
  }
  return Object.fromEntries(fields)
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

/**
 * The field of a parameter that a block exposes: that of the layer inside, with what is set there as the default. Undefined
 * where the layer or its parameter does not exist.
 */
export function exposedField(
  document: WithBlocks,
  block: BlockDefinition,
  exposed: ExposedParameter,
): ParameterField | undefined {
  const seen = new Set<string>()
  const given: unknown[] = []
  let [owner, at]: [BlockDefinition, ExposedParameter] = [block, exposed]
  // A block may expose what a block inside of it exposes; one that holds itself is reported elsewhere.
  while (!seen.has(owner.id)) {
    seen.add(owner.id)
    const { layer: layerId, parameter } = at
    const layer = owner.layers.find(({ id }) => id === layerId)
    if (!layer) return undefined
    if (Object.hasOwn(layer.parameters, parameter)) given.push(layer.parameters[parameter])
    const field = layerDefinition(layer.kind)?.parameters[parameter]
    if (field) return shownAs(field, exposed.name, given[0])
    const inner = blocksOf(document).find(({ id }) => `block:${id}` === layer.kind)
    const next = inner?.parameters.find(({ name }) => name === parameter)
    if (!inner || !next) return undefined
    owner = inner
    at = next
  }
  return undefined
}

/** The field under another name, with another default where that one is a value it can take. */
function shownAs(field: ParameterField, label: string, value: unknown): ParameterField {
  const { shownWhen: _, ...always } = field
  const named = { ...always, label, essential: true }
  if (value === undefined) return named
  const parsed = named.schema.safeParse(value)
  return parsed.success ? withDefault(named, parsed.data) : named
}

function withDefault(field: ParameterField, value: ParameterField['default']): ParameterField {
  return Object.assign({}, field, { default: value })
}
