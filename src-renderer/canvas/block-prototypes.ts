import { blockKind } from '../../src-core/document/blocks/block-kinds.ts'
import { type LayerFace, layerFace } from '../../src-core/document/blocks/layer-face.ts'
import { asSavedBlock, fittingParameters } from '../../src-core/document/blocks/ready/ready-block.ts'
import { readyBlocks } from '../../src-core/document/blocks/ready/ready-blocks.ts'
import type { SavedBlock } from '../../src-core/document/blocks/saved-block.ts'
import type { LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'
import { mark, t } from '../../src-core/language/t.ts'
import type { Shape } from '../../src-core/tensor-graph/types.ts'
import { useBlockLibrary } from '../state/block-library-store.ts'

/** A block that is not in the drawing yet: adding a layer of its kind brings it there. */
export interface BlockPrototype {
  readonly face: LayerFace
  readonly saved: SavedBlock
  /** What the new layer sets for what comes in. */
  readonly parametersFor: (input: Shape | undefined) => LayerNode['parameters']
}

const [readyPrefix, keptPrefix] = ['ready:', 'kept:']

/** The blocks that come with the program. */
export const readyPrototypes: readonly BlockPrototype[] = readyBlocks.map((ready) => ({
  face: {
    ...faceOf(asSavedBlock(ready)),
    kind: readyPrefix + ready.block.id,
    label: ready.label,
    description: ready.description,
  },
  saved: asSavedBlock(ready),
  parametersFor: (input) => fittingParameters(ready, input),
}))

/** A block that the person keeps. */
export function keptPrototype(saved: SavedBlock): BlockPrototype {
  const face = {
    ...faceOf(saved),
    kind: keptPrefix + saved.name,
    description: mark('A block that you keep for every project.'),
  }
  return { face, saved, parametersFor: () => ({}) }
}

/** The name of the kept block that a kind of the palette stands for. */
export function keptNameOf(kind: string): string | undefined {
  return kind.startsWith(keptPrefix) ? kind.slice(keptPrefix.length) : undefined
}

/** What a kind of the palette stands for; undefined for kinds of layers and for blocks of the drawing. */
export function prototypeOf(kind: string): BlockPrototype | undefined {
  const ready = readyPrototypes.find(({ face }) => face.kind === kind)
  const name = keptNameOf(kind)
  if (ready || name === undefined) return ready
  const saved = useBlockLibrary.getState().saved.find((block) => block.name === name)
  return saved && keptPrototype(saved)
}

/** What a kind is called: those of layers are called the same in every language, and blocks of people as they named them. */
export function kindLabel({ kind, label }: Pick<LayerFace, 'kind' | 'label'>): string {
  return kind.startsWith(readyPrefix) ? t(label) : label
}

/** What a kind of the palette looks like. */
export function paletteFace(document: Pick<ModelDocument, 'blocks'>, kind: string): LayerFace | undefined {
  return prototypeOf(kind)?.face ?? layerFace(document, kind)
}

function faceOf({ blocks, blockId, name }: SavedBlock): LayerFace {
  const face = layerFace({ blocks: [...blocks] }, blockKind(blockId))
  if (!face) throw new Error(`the block ${name} does not hold itself`)
  return face
}
