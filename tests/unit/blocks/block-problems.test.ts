import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { exposeEdit } from '../../../src-core/document/blocks/expose-parameter.ts'
import { makeBlock } from '../../../src-core/document/blocks/make-block.ts'
import { applyEdit, type Edit } from '../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { documentOf } from '../../support/models.ts'

/** input → [conv → pool] → flatten → head → output, the bracket being block_1. */
function convolutional(): ModelDocument {
  const document = documentOf('small', [
    ['input', 'input', { shape: [1, 8, 8] }],
    ['conv', 'conv2d', { filters: 4, kernelSize: [3, 3] }],
    ['pool', 'maxPooling2d'],
    ['flatten', 'flatten'],
    ['head', 'dense', { units: 3 }],
    ['output', 'output'],
  ])
  const made = makeBlock(document, new Set(['conv', 'pool']))
  if (!made.ok) throw new Error(made.problems[0]?.message)
  return applyEdit(document, made.value.edit).document
}

function edited(document: ModelDocument, ...edits: readonly (Edit | undefined)[]): ModelDocument {
  return edits.reduce<ModelDocument>((current, edit) => {
    if (!edit) throw new Error('there is no such edit')
    const { document: next } = applyEdit(current, edit)
    expect(next).not.toBe(current)
    return next
  }, document)
}

const inside = (edit: Edit): Edit => ({ type: 'editBlock', blockId: 'block_1', edit })

/** Applies the first fix of the only problem. */
function mended(document: ModelDocument): ModelDocument {
  const [problem] = compileModel(document).problems
  if (!problem?.fix) throw new Error('nothing to mend')
  return edited(document, ...problem.fix.edits)
}

describe('problems of blocks', () => {
  it('point at the block and at the layer inside, and are mended inside', () => {
    const document = edited(
      convolutional(),
      inside({ type: 'setParameters', layerId: 'conv', parameters: { filters: -1 } }),
    )
    const [problem, ...others] = compileModel(document).problems
    expect(others).toEqual([])
    expect(problem).toMatchObject({
      code: 'layer.badParameter',
      layerId: 'block_1',
      inner: ['conv'],
      parameter: 'filters',
      message: expect.stringContaining('block_1/conv'),
    })
    const after = mended(document)
    expect(after.blocks?.[0]?.layers.find(({ id }) => id === 'conv')?.parameters).toEqual({
      kernelSize: [3, 3],
    })
    expect(compileModel(after).problems).toEqual([])
  })

  it('are mended at the block where it sets the parameter itself', () => {
    const document = edited(convolutional(), exposeEdit(convolutional(), 'block_1', 'conv', 'filters'), {
      type: 'setParameters',
      layerId: 'block_1',
      parameters: { filters: 0 },
    })
    const after = mended(document)
    expect(after.layers.find(({ id }) => id === 'block_1')?.parameters).toEqual({})
    expect(compileModel(after).problems).toEqual([])
  })

  it('are said once for all repeats', () => {
    const document = edited(convolutional(), { type: 'setRepeat', layerId: 'block_1', repeat: 5 })
    // 8 → 6 → 3 → 1, and then a window of 2 on one pixel.
    const { problems } = compileModel(document)
    expect(problems.filter(({ code }) => code === 'shape.tooSmall')).toHaveLength(1)
    expect(problems[0]).toMatchObject({ layerId: 'block_1', inner: ['pool'] })
  })

  it('name a block that contains itself', () => {
    const block = {
      id: 'again',
      kind: 'block:block_1',
      name: 'again',
      parameters: {},
      position: { x: 0, y: 0 },
    }
    const document = edited(convolutional(), inside({ type: 'addLayer', layer: block }))
    expect(compileModel(document).problems[0]).toMatchObject({ code: 'block.cycle', layerId: 'block_1' })
  })

  it('name a block that is missing, and offer to remove the layer', () => {
    const document = edited(convolutional(), { type: 'removeBlock', blockId: 'block_1' })
    const { problems } = compileModel(document)
    expect(problems.map(({ code }) => code)).toContain('block.missing')
    expect(problems.map(({ code }) => code)).not.toContain('layer.unknownKind')
    expect(problems.find(({ code }) => code === 'block.missing')?.fix?.label).toBe('Remove block_1')
  })

  it('name a port that nothing is wired to, and not the layers behind it', () => {
    const document = convolutional()
    const wire = document.connections.find(({ target }) => target === 'block_1')
    const { problems } = compileModel(edited(document, { type: 'disconnect', connectionId: wire?.id ?? '' }))
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'graph.unconnectedInput', layerId: 'block_1', port: 'input' },
    ])
  })

  it('name a port inside that nothing is wired to', () => {
    const document = edited(convolutional(), inside({ type: 'removeLayer', layerId: 'pool' }))
    expect(compileModel(document).problems).toContainEqual(
      expect.objectContaining({ code: 'graph.unconnectedInput', layerId: 'block_1', inner: ['output'] }),
    )
  })

  it('name a wire to a port that the block does not have', () => {
    const document = edited(convolutional(), inside({ type: 'removeLayer', layerId: 'output' }))
    const { problems } = compileModel(document)
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'graph.danglingConnection', layerId: 'block_1', port: 'output' }),
    )
  })

  it('refuse to repeat what has no input, and to grow without end', () => {
    const free = edited(convolutional(), inside({ type: 'removeLayer', layerId: 'input' }), {
      type: 'setRepeat',
      layerId: 'block_1',
      repeat: 2,
    })
    expect(compileModel(free).problems.map(({ code }) => code)).toContain('block.repeat')
    const nested = makeBlock(convolutional(), new Set(['block_1']))
    if (!nested.ok) throw new Error('no block')
    const [outer, inner] = [nested.value.layerId, 'block_1']
    const huge = edited(
      convolutional(),
      nested.value.edit,
      { type: 'setRepeat', layerId: outer, repeat: 1000 },
      { type: 'editBlock', blockId: outer, edit: { type: 'setRepeat', layerId: inner, repeat: 1000 } },
    )
    expect(compileModel(huge).problems.map(({ code }) => code)).toContain('block.tooLarge')
  })

  it('offer a layer in front of what follows a block, wired to its output', () => {
    const document = convolutional()
    const flatten = edited(
      document,
      { type: 'removeLayer', layerId: 'flatten' },
      {
        type: 'connect',
        connection: { id: 'w', source: 'block_1', sourcePort: 'output', target: 'head', targetPort: 'input' },
      },
    )
    const after = mended(flatten)
    expect(after.layers.some(({ kind }) => kind === 'flatten')).toBe(true)
    expect(compileModel(after).problems).toEqual([])
  })
})

describe('a block layer that is frozen', () => {
  it('freezes everything inside', () => {
    const document = edited(convolutional(), {
      type: 'setLayerTraining',
      layerId: 'block_1',
      changes: { trainable: false },
    })
    const { plan } = compileModel(document)
    expect(plan?.layers.find(({ name }) => name === 'block_1/conv')).toMatchObject({
      frozen: true,
      trainableCount: 0,
    })
  })

  it('is summed up at the block', () => {
    const { blocks, ports } = compileModel(convolutional())
    expect(blocks.get('block_1')).toMatchObject({
      outputShape: [4, 3, 3],
      parameterCount: 40,
      inputShapes: [[1, 8, 8]],
    })
    expect(ports.get('block_1/input')?.outputShape).toEqual([1, 8, 8])
  })
})
