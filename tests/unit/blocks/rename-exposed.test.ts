import { describe, expect, it } from 'vitest'
import { exposedName, exposeEdit } from '../../../src-core/document/blocks/expose-parameter.ts'
import { layerFace } from '../../../src-core/document/blocks/layer-face.ts'
import { makeBlock } from '../../../src-core/document/blocks/make-block.ts'
import { renameExposedEdit } from '../../../src-core/document/blocks/rename-exposed.ts'
import { applyEdit, type Edit } from '../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { documentOf, planOf } from '../../support/models.ts'

function edited(document: ModelDocument, ...edits: readonly (Edit | undefined)[]): ModelDocument {
  return edits.reduce<ModelDocument>((current, edit) => {
    if (!edit) throw new Error('there is no such edit')
    return applyEdit(current, edit).document
  }, document)
}

/** Two dense layers in block_1, both exposing their units, and the outer layer setting them. */
function twoDense(): ModelDocument {
  const document = documentOf('two', [
    ['input', 'input', { shape: [5] }],
    ['first', 'dense', { units: 4 }],
    ['second', 'dense', { units: 3 }],
    ['output', 'output'],
  ])
  const made = makeBlock(document, new Set(['first', 'second']))
  if (!made.ok) throw new Error(made.problems[0]?.message)
  const block = edited(document, made.value.edit)
  const one = edited(block, exposeEdit(block, 'block_1', 'first', 'units'))
  return edited(one, exposeEdit(one, 'block_1', 'second', 'units'), {
    type: 'setParameters',
    layerId: 'block_1',
    parameters: { units: 7, 'second units': 9 },
  })
}

const blockOf = (document: ModelDocument) => {
  const block = document.blocks?.[0]
  if (!block) throw new Error('there is no block')
  return block
}
const unitsOf = (document: ModelDocument) =>
  planOf(document).layers.flatMap(({ kind, parameters }) => (kind === 'dense' ? [parameters.units] : []))
const valuesOf = (document: ModelDocument) => document.layers.find(({ id }) => id === 'block_1')?.parameters

describe('renaming what a block exposes', () => {
  it('moves the values that layers set, and is undone as one', () => {
    const before = twoDense()
    const edit = renameExposedEdit(before, 'block_1', 'second', 'units', ' classes ')
    const after = edited(before, edit)
    expect(exposedName(blockOf(after), 'second', 'units')).toBe('classes')
    expect(valuesOf(after)).toEqual({ units: 7, classes: 9 })
    expect(unitsOf(after)).toEqual([7, 9])
    if (!edit) throw new Error('there is no such edit')
    expect(edited(after, applyEdit(before, edit).inverse)).toEqual(before)
  })

  it('to a name there is sets both together, in the plan and in what is shown', () => {
    const before = twoDense()
    const after = edited(before, renameExposedEdit(before, 'block_1', 'second', 'units', 'units'))
    expect(valuesOf(after)).toEqual({ units: 7 })
    expect(Object.keys(layerFace(after, 'block:block_1')?.parameters ?? {})).toEqual(['units'])
    expect(unitsOf(after)).toEqual([7, 7])
    const set = edited(after, { type: 'setParameters', layerId: 'block_1', parameters: { units: 2 } })
    expect(unitsOf(set)).toEqual([2, 2])
    // Apart again, each keeps the value.
    const apart = edited(set, renameExposedEdit(set, 'block_1', 'first', 'units', 'hidden'))
    expect(valuesOf(apart)).toEqual({ units: 2, hidden: 2 })
    expect(unitsOf(apart)).toEqual([2, 2])
  })

  it('exposes one of two no more without the other', () => {
    const before = twoDense()
    const together = edited(before, renameExposedEdit(before, 'block_1', 'second', 'units', 'units'))
    const after = edited(together, exposeEdit(together, 'block_1', 'first', 'units'))
    expect(blockOf(after).parameters).toEqual([{ name: 'units', layer: 'second', parameter: 'units' }])
    expect(unitsOf(after)).toEqual([4, 7])
  })

  it('reaches through a block around', () => {
    const inner = twoDense()
    const made = makeBlock(inner, new Set(['block_1']))
    if (!made.ok) throw new Error(made.problems[0]?.message)
    const nested = edited(inner, made.value.edit)
    const outer = made.value.blockId
    const exposed = edited(nested, exposeEdit(nested, outer, 'block_1', 'second units'))
    const after = edited(exposed, renameExposedEdit(exposed, 'block_1', 'second', 'units', 'classes'))
    expect(after.blocks?.find(({ id }) => id === outer)?.parameters).toEqual([
      { name: 'second units', layer: 'block_1', parameter: 'classes' },
    ])
    expect(unitsOf(after)).toEqual([7, 9])
    const set = edited(after, { type: 'setParameters', layerId: outer, parameters: { 'second units': 6 } })
    expect(unitsOf(set)).toEqual([7, 6])
  })

  it.each(['', '   ', '__proto__', 'units', 'x'.repeat(201)])(
    'refuses %j where it cannot be or is the name',
    (name) => {
      expect(renameExposedEdit(twoDense(), 'block_1', 'first', 'units', name)).toBeUndefined()
    },
  )

  it('does nothing for a parameter that is not exposed', () => {
    expect(renameExposedEdit(twoDense(), 'block_1', 'first', 'useBias', 'bias')).toBeUndefined()
  })
})
