import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { makeBlock } from '../../../src-core/document/blocks/make-block.ts'
import { applyEdit, type Edit } from '../../../src-core/document/edits.ts'
import type { LayerNode, ModelDocument } from '../../../src-core/document/model-document.ts'
import { type Fix, type Problem, problemFixes } from '../../../src-core/problems.ts'
import { drawing, layer } from '../compile/drawings.ts'

/** The document with some of its layers made a block, `block_1` where it is the first. */
function blockOf(document: ModelDocument, ...layerIds: readonly string[]): ModelDocument {
  const made = makeBlock(document, new Set(layerIds))
  if (!made.ok) throw new Error(made.problems[0]?.message)
  return applyEdit(document, made.value.edit).document
}

const image = layer('image', 'input', { shape: [3, 8, 8] })
const end = layer('end', 'output')
const dense = (id: string, units = 4) => layer(id, 'dense', { units })

/** Layers spread from top to bottom with room for one between each two, wired as written. */
function spread(layers: readonly LayerNode[], ...wires: readonly string[]): ModelDocument {
  const placed = layers.map((node, row) => ({ ...node, position: { x: 0, y: 300 * row } }))
  return drawing(placed, wires)
}

function problemOf(document: ModelDocument): Problem {
  const [problem, ...others] = compileModel(document).problems
  if (!problem) throw new Error('there is nothing to mend')
  expect(others).toEqual([])
  return problem
}

/** Applies a fix as the buttons do, and undoes it once on the way. */
function mended(document: ModelDocument, fix: Fix | undefined): ModelDocument {
  if (!fix) throw new Error('there is no such fix')
  const applied = applyEdit(document, { type: 'group', label: fix.label, edits: fix.edits })
  expect(applyEdit(applied.document, applied.inverse).document).toEqual(document)
  expect(compileModel(applied.document).problems).toEqual([])
  return applied.document
}

const fixOf = (document: ModelDocument, label: string) =>
  problemFixes(problemOf(document)).find((fix) => fix.label === label)
const kindsInside = (document: ModelDocument, blockId = 'block_1') =>
  document.blocks?.find(({ id }) => id === blockId)?.layers.map(({ kind }) => kind)
const inside = (edit: Edit, blockId = 'block_1'): Edit => ({ type: 'editBlock', blockId, edit })

/** image → block_1 (conv → activation) → end, with a wire from the image of 3 channels to an Add inside. */
const residual = blockOf(
  spread(
    [image, layer('conv', 'conv2d', { filters: 16, padding: 'same' }), layer('sum', 'add'), end],
    'image > conv',
    'image > sum',
    'conv > sum',
    'sum > end',
  ),
  'conv',
  'sum',
)

/** image → pool → flat → conv → end: conv wants what flat flattens. */
const flattened = spread(
  [
    image,
    layer('pool', 'maxPooling2d'),
    layer('flat', 'flatten'),
    layer('conv', 'conv2d', { filters: 2 }),
    end,
  ],
  'image > pool',
  'pool > flat',
  'flat > conv',
  'conv > end',
)

/** A second layer that is block_1, between an input and an output of its own. */
function withSecondUse(document: ModelDocument, input: LayerNode, output: LayerNode): ModelDocument {
  const first = document.layers.find(({ kind }) => kind === 'block:block_1')
  if (!first) throw new Error('there is no block')
  const second = { ...first, id: 'again', name: 'again' }
  const wires = [
    { id: 'x1', source: input.id, sourcePort: 'output', target: 'again', targetPort: 'input' },
    { id: 'x2', source: 'again', sourcePort: 'output', target: output.id, targetPort: 'input' },
  ]
  return {
    ...document,
    layers: [...document.layers, input, second, output],
    connections: [...document.connections, ...wires],
  }
}

describe('a fix of what is inside of a block', () => {
  it('inserts a projection on the shortcut, where the block is drawn', () => {
    const problem = problemOf(residual)
    expect(problem).toMatchObject({ layerId: 'block_1', inner: ['sum'] })
    const after = mended(residual, problem.fix)
    expect(problem.fix?.label).toBe('Insert Conv2D 1 × 1 with 16 filters after image')
    expect(after.layers).toEqual(residual.layers)
    expect(after.connections).toEqual(residual.connections)
    expect(kindsInside(after)).toContain('conv2d')
    // Names and ids are those of the block: one layer there is called conv, none conv2d_1.
    const added = after.blocks?.[0]?.layers.find(({ id }) => id === 'conv2d_1')
    expect(added).toMatchObject({ kind: 'conv2d', name: 'conv2d_1' })
    expect(compileModel(after).plan?.layers.map(({ name }) => name)).toContain('block_1/conv2d_1')
  })

  it('stands between its neighbours inside, and moves nothing outside', () => {
    const after = mended(residual, problemOf(residual).fix)
    const at = (id: string) =>
      after.blocks?.[0]?.layers.find((node) => node.id === id)?.position.y ?? Number.NaN
    expect(at('conv2d_1')).toBeGreaterThan(at('input'))
    expect(at('conv2d_1')).toBeLessThan(at('sum'))
  })

  it('takes a name that is free in the block, whatever the names outside are', () => {
    const taken = applyEdit(
      residual,
      inside({ type: 'renameLayer', layerId: 'conv', name: 'conv2d_1' }),
    ).document
    const after = mended(taken, problemOf(taken).fix)
    expect(after.blocks?.[0]?.layers.map(({ name }) => name)).toContain('conv2d_2')
  })

  it('mends every layer that is the block, and every repeat of it', () => {
    const repeated = applyEdit(residual, { type: 'setRepeat', layerId: 'block_1', repeat: 3 }).document
    const after = mended(repeated, problemOf(repeated).fix)
    expect(compileModel(after).plan?.layers.filter(({ kind }) => kind === 'conv2d')).toHaveLength(6)
  })

  it('is left out where it would break the same block elsewhere', () => {
    const values = layer('values', 'input', { shape: [64] })
    const conv = layer('conv', 'conv2d', { filters: 2 })
    const one = blockOf(spread([values, conv, end], 'values > conv', 'conv > end'), 'conv')
    expect(problemFixes(problemOf(one)).map(({ label }) => label)).toContain('Insert Reshape to 1 × 8 × 8')
    const twoBlocks = (shape: number[]) =>
      withSecondUse(one, layer('other', 'input', { shape }), layer('other_end', 'output'))
    // An image of 64 values takes the Reshape as well; one of other sizes does not.
    mended(twoBlocks([1, 8, 8]), problemOf(twoBlocks([1, 8, 8])).fix)
    expect(problemFixes(problemOf(twoBlocks([3, 9, 9])))).toEqual([])
  })

  it('takes out a Flatten that stands in front of the block', () => {
    const document = blockOf(flattened, 'conv')
    const fix = fixOf(document, 'Remove flat')
    const after = mended(document, fix)
    expect(after.layers.map(({ id }) => id)).not.toContain('flat')
    expect(after.blocks).toEqual(document.blocks)
  })

  it('takes out a Flatten that stands in another block, and wires its ports', () => {
    const document = blockOf(flattened, 'flat', 'pool')
    const after = mended(document, fixOf(document, 'Remove block_1/flat'))
    expect(kindsInside(after)).not.toContain('flatten')
  })

  it('leads around a Flatten inside that another layer needs', () => {
    const shared = spread(
      [
        image,
        layer('flat', 'flatten'),
        layer('conv', 'conv2d', { filters: 2 }),
        dense('side'),
        end,
        layer('end_2', 'output'),
      ],
      'image > flat',
      'flat > conv',
      'flat > side',
      'conv > end',
      'side > end_2',
    )
    const document = blockOf(shared, 'flat', 'conv', 'side')
    const after = mended(document, fixOf(document, 'Connect it before block_1/flat'))
    const wire = after.blocks?.[0]?.connections.find(({ target }) => target === 'conv')
    expect(wire?.source).toBe('input')
    expect(after.blocks?.[0]?.layers).toEqual(document.blocks?.[0]?.layers)
  })

  it('reaches into a block inside of a block', () => {
    const nested = blockOf(residual, 'block_1')
    const outer = nested.blocks?.find(({ id }) => id !== 'block_1')?.id
    const problem = problemOf(nested)
    expect(problem.inner).toEqual(['block_1', 'sum'])
    const after = mended(nested, problem.fix)
    expect(kindsInside(after)?.filter((kind) => kind === 'conv2d')).toHaveLength(2)
    expect(kindsInside(after, outer)).toEqual(kindsInside(nested, outer))
  })

  it('connects the one layer inside that leads nowhere', () => {
    const document = blockOf(
      spread(
        [image, layer('conv', 'conv2d'), layer('act', 'relu'), end],
        'image > conv',
        'conv > act',
        'act > end',
      ),
      'conv',
      'act',
    )
    const cut = document.blocks?.[0]?.connections.find(({ source }) => source === 'conv')
    const loose = applyEdit(document, inside({ type: 'disconnect', connectionId: cut?.id ?? '' })).document
    const problem = compileModel(loose).problems.find(({ code }) => code === 'graph.unconnectedInput')
    expect(problem).toMatchObject({ layerId: 'block_1', inner: ['act'] })
    expect(problem?.fix?.label).toBe('Connect block_1/conv')
    mended(loose, problem?.fix)
  })
})

describe('a fix of the drawing around blocks', () => {
  it.each(['input', 'output'])('adds an %s and wires it to the port of the block', (kind) => {
    const id = kind === 'input' ? 'image' : 'end'
    const only = blockOf(spread([image, layer('conv', 'conv2d'), end], 'image > conv', 'conv > end'), 'conv')
    const open = applyEdit(only, { type: 'removeLayer', layerId: id }).document
    const code = kind === 'input' ? 'graph.noInput' : 'graph.noOutput'
    const problem = compileModel(open).problems.find((each) => each.code === code)
    if (!problem?.fix) throw new Error('there is no such fix')
    const after = applyEdit(open, { type: 'group', label: '', edits: problem.fix.edits }).document
    expect(
      after.connections.filter((wire) => wire.source === 'block_1' || wire.target === 'block_1'),
    ).toHaveLength(2)
  })
})
