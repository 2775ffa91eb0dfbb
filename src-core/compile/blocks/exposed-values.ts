import { exposedField } from '../../document/blocks/layer-face.ts'
import type {
  BlockDefinition,
  ExposedParameter,
  LayerNode,
  ModelDocument,
} from '../../document/model-document.ts'
import { type Problem, problem } from '../../problems.ts'
import type { Origin, Override } from './expansion.ts'

/** A layer with the values that a block layer around it sets; the same object where it sets none. */
export function withOverrides(node: LayerNode, overrides: readonly Override[]): LayerNode {
  if (overrides.length === 0) return node
  const values = Object.fromEntries(overrides.map(({ parameter, value }) => [parameter, value]))
  return { ...node, parameters: { ...node.parameters, ...values } }
}

/** What a block layer sets inside, by the id of the layer there, and what it sets that the block does not have. */
export function overridesOf(
  document: ModelDocument,
  block: BlockDefinition,
  node: LayerNode,
  layerId: string,
  name: string,
  owner: Origin,
): { readonly overrides: ReadonlyMap<string, readonly Override[]>; readonly problems: readonly Problem[] } {
  const overrides = new Map<string, Override[]>()
  const problems: Problem[] = []
  for (const [key, value] of Object.entries(node.parameters)) {
    const exposed = block.parameters.filter(
      (candidate) => candidate.name === key && exposedField(document, block, candidate),
    )
    if (exposed.length === 0 || value === undefined) {
      problems.push(unknownParameter(block, layerId, name, key))
      continue
    }
    for (const { layer, parameter } of exposed) {
      const list = overrides.get(layer) ?? []
      list.push({ parameter, value, bound: { owner, parameter: key } })
      overrides.set(layer, list)
    }
  }
  for (const exposed of block.parameters) {
    if (exposedField(document, block, exposed)) continue
    problems.push(lostParameter(block, layerId, exposed))
  }
  return { overrides, problems }
}

function unknownParameter(block: BlockDefinition, layerId: string, name: string, parameter: string): Problem {
  return problem(
    'layer.unknownParameter',
    `${name} has a parameter "${parameter}", which the block ${block.name} does not expose.`,
    {
      hint: `Expose it inside of ${block.name}, or remove it here.`,
      layerId,
      parameter,
      fix: {
        label: `Remove "${parameter}"`,
        edits: [{ type: 'setParameters', layerId, parameters: { [parameter]: undefined } }],
      },
    },
  )
}

function lostParameter(block: BlockDefinition, layerId: string, lost: ExposedParameter): Problem {
  const { name: parameter } = lost
  return problem(
    'block.parameter',
    `The block ${block.name} exposes "${parameter}" of a layer that is not there, or does not have it.`,
    {
      hint: `Open ${block.name} and expose the parameter of another layer, or none.`,
      layerId,
      parameter,
      fix: {
        label: `Expose "${parameter}" no more`,
        edits: [
          {
            type: 'setBlockParameters',
            blockId: block.id,
            parameters: block.parameters.filter((exposed) => exposed !== lost),
          },
        ],
      },
    },
  )
}
