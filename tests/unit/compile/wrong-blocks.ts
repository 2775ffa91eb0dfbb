import { makeBlock } from '../../../src-core/document/blocks/make-block.ts'
import { applyEdit, type Edit } from '../../../src-core/document/edits.ts'
import type { BlockDefinition, LayerNode, ModelDocument } from '../../../src-core/document/model-document.ts'
import { chain, layer } from './drawings.ts'
import type { WrongDocument } from './wrong-document.ts'

const dense = (name: string) => layer(name, 'dense', { units: 4 })
const row = chain(
  layer('image', 'input', { shape: [4] }),
  dense('dense_1'),
  dense('dense_2'),
  dense('head'),
  layer('output_1', 'output'),
)

/** image → block_1 (dense_1 → dense_2) → head → output_1 */
const withBlock = blockOf(row, 'dense_1', 'dense_2')

function blockOf(document: ModelDocument, ...layerIds: readonly string[]): ModelDocument {
  const made = makeBlock(document, new Set(layerIds))
  if (!made.ok) throw new Error(made.problems[0]?.message)
  return applyEdit(document, made.value.edit).document
}

function refusalOf(...layerIds: readonly string[]): NonNullable<WrongDocument['refusal']> {
  return (document) => {
    const made = makeBlock(document, new Set(layerIds))
    return made.ok ? [] : made.problems
  }
}

const setBlock = (document: ModelDocument, id: string, part: Partial<BlockDefinition>): ModelDocument => ({
  ...document,
  blocks: document.blocks?.map((block) => (block.id === id ? { ...block, ...part } : block)),
})
const setLayer = (document: ModelDocument, id: string, part: Partial<LayerNode>): ModelDocument => ({
  ...document,
  layers: document.layers.map((node) => (node.id === id ? { ...node, ...part } : node)),
})
const inside = (edit: Edit): ModelDocument =>
  applyEdit(withBlock, { type: 'editBlock', blockId: 'block_1', edit }).document

/** Repeats of repeats, a million in all. */
function tooLarge(): ModelDocument {
  const nested = blockOf(withBlock, 'block_1')
  const [outer] = (nested.blocks ?? []).filter(({ id }) => id !== 'block_1')
  if (!outer) throw new Error('there is no block around the block')
  const repeated = outer.layers.map((node) => (node.id === 'block_1' ? { ...node, repeat: 1000 } : node))
  return setLayer(setBlock(nested, outer.id, { layers: repeated }), outer.id, { repeat: 1000 })
}

export const wrongBlocks: readonly WrongDocument[] = [
  {
    title: 'A block that the document does not hold',
    code: 'block.missing',
    document: applyEdit(withBlock, { type: 'removeBlock', blockId: 'block_1' }).document,
  },
  {
    title: 'A block that contains itself',
    code: 'block.cycle',
    document: inside({ type: 'addLayer', layer: layer('again', 'block:block_1') }),
  },
  { title: 'Repeats of repeats', code: 'block.tooLarge', document: tooLarge() },
  {
    title: 'A block without input in a row',
    code: 'block.repeat',
    document: setLayer(inside({ type: 'removeLayer', layerId: 'input' }), 'block_1', { repeat: 2 }),
  },
  {
    title: 'A layer in a row that is no block',
    code: 'block.repeat',
    document: setLayer(row, 'dense_1', { repeat: 2 }),
  },
  {
    title: 'An output of the model inside of a block',
    code: 'block.layer',
    document: inside({ type: 'addLayer', layer: layer('output_2', 'output') }),
  },
  {
    title: 'A parameter of a layer that is gone',
    code: 'block.parameter',
    document: setBlock(withBlock, 'block_1', {
      parameters: [{ name: 'units', layer: 'dense_3', parameter: 'units' }],
    }),
  },
  {
    title: 'A block of layers with another one between them',
    code: 'block.selection',
    document: row,
    refusal: refusalOf('dense_1', 'head'),
  },
  {
    title: 'A block of the model’s input',
    code: 'block.selection',
    document: row,
    refusal: refusalOf('image', 'dense_1'),
  },
]
