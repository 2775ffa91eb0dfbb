import type { Edit } from '../edits.ts'
import { identifier } from '../identifier.ts'
import type { BlockDefinition, LayerNode, ModelDocument } from '../model-document.ts'
import { blockKind, blocksOf } from './block-kinds.ts'
import { exposedName } from './expose-parameter.ts'

/**
 * The edit that gives the exposed parameter of a layer inside a block another name. With a name that the block exposes
 * already, both are set together from then on. What block layers set under the old name they set under the new one, unless
 * it is set already. `document` is the whole one. Undefined where nothing would change, or the name cannot be one.
 */
export function renameExposedEdit(
  document: ModelDocument,
  blockId: string,
  layerId: string,
  parameter: string,
  given: string,
): Edit | undefined {
  const block = blocksOf(document).find(({ id }) => id === blockId)
  const from = block && exposedName(block, layerId, parameter)
  const to = given.trim()
  if (!block || from === undefined || from === to || !identifier.safeParse(to).success) return undefined
  const parameters = block.parameters.map((exposed) =>
    exposed.layer === layerId && exposed.parameter === parameter ? { ...exposed, name: to } : exposed,
  )
  const move: Move = {
    kind: blockKind(blockId),
    from,
    to,
    leaves: parameters.some(({ name }) => name === from),
  }
  const edits: Edit[] = [
    { type: 'setBlockParameters', blockId, parameters },
    ...movedValues(document.layers, move),
    ...blocksOf(document).flatMap((owner): Edit[] => [
      ...exposedAgain(owner, move),
      ...movedValues(owner.layers, move).map(
        (edit): Edit => ({ type: 'editBlock', blockId: owner.id, edit }),
      ),
    ]),
  ]
  return { type: 'group', label: `Name the parameter ${from} of ${block.name} ${to}`, edits }
}

interface Move {
  /** Of the layers that are the block. */
  readonly kind: string
  readonly from: string
  readonly to: string
  /** Whether other layers inside still have the old name. */
  readonly leaves: boolean
}

function movedValues(layers: readonly LayerNode[], { kind, from, to, leaves }: Move): Edit[] {
  return layers.flatMap((layer): Edit[] => {
    if (layer.kind !== kind || !Object.hasOwn(layer.parameters, from)) return []
    const parameters = {
      ...(!Object.hasOwn(layer.parameters, to) && { [to]: layer.parameters[from] }),
      ...(!leaves && { [from]: undefined }),
    }
    return [{ type: 'setParameters', layerId: layer.id, parameters }]
  })
}

/** A block around may expose what this one exposes. */
function exposedAgain(owner: BlockDefinition, { kind, from, to, leaves }: Move): Edit[] {
  const users = new Set(owner.layers.filter((layer) => layer.kind === kind).map(({ id }) => id))
  const isMeant = (exposed: BlockDefinition['parameters'][number]) =>
    users.has(exposed.layer) && exposed.parameter === from
  if (leaves || !owner.parameters.some(isMeant)) return []
  const parameters = owner.parameters.map((exposed) =>
    isMeant(exposed) ? { ...exposed, parameter: to } : exposed,
  )
  return [{ type: 'setBlockParameters', blockId: owner.id, parameters }]
}
