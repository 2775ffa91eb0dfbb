import type { Edit } from '../edits.ts'
import type { BlockDefinition, ModelDocument } from '../model-document.ts'
import { firstFree } from '../new-elements.ts'
import { blocksOf } from './block-kinds.ts'

/** The name under which a block exposes a parameter of a layer inside; undefined where it does not. */
export function exposedName(block: BlockDefinition, layerId: string, parameter: string): string | undefined {
  return block.parameters.find((each) => each.layer === layerId && each.parameter === parameter)?.name
}

/**
 * The edit that exposes a parameter of a layer inside of a block, or exposes it no more. Its name is the parameter's where that is
 * free, otherwise the layer's and the parameter's. Undefined where the block is missing.
 */
export function exposeEdit(
  document: ModelDocument,
  blockId: string,
  layerId: string,
  parameter: string,
): Edit | undefined {
  const block = blocksOf(document).find(({ id }) => id === blockId)
  const layer = block?.layers.find(({ id }) => id === layerId)
  if (!block || !layer) return undefined
  const known = exposedName(block, layerId, parameter)
  const others = block.parameters.filter((each) => each.layer !== layerId || each.parameter !== parameter)
  const taken = new Set(others.map(({ name }) => name))
  const long = `${layer.name} ${parameter}`
  const name = [parameter, long].find((candidate) => !taken.has(candidate) && candidate.length <= 200)
  const free = name ?? firstFree(parameter, (candidate) => taken.has(candidate))
  const parameters =
    known === undefined ? [...block.parameters, { name: free, layer: layerId, parameter }] : others
  return { type: 'setBlockParameters', blockId, parameters }
}
