import type { Shape } from '../../../tensor-graph/types.ts'
import type { BlockDefinition, LayerNode } from '../../model-document.ts'
import type { SavedBlock } from '../saved-block.ts'

/** A block that comes with the program, made of layers that can be looked at and changed. */
export interface ReadyBlock {
  readonly label: string
  readonly description: string
  /** Where it was published. */
  readonly reference: string
  readonly block: BlockDefinition
  /** The parameter that has to be as large as this axis of what comes in. */
  readonly fits?: { readonly parameter: string; readonly axis: number }
}

/** As a block that is kept, so that it is brought into documents like one. */
export function asSavedBlock({ block }: ReadyBlock): SavedBlock {
  return { name: block.name, blockId: block.id, blocks: [block] }
}

/** The parameters with which the block fits what comes in; none where its shape is not known or says nothing. */
export function fittingParameters({ fits }: ReadyBlock, input: Shape | undefined): LayerNode['parameters'] {
  const size = fits && input?.[fits.axis]
  return fits && size !== undefined && size > 0 ? { [fits.parameter]: size } : {}
}
