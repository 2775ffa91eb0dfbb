// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../../src-core/compile/compile-model.ts'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import { deleteEdit, duplicateEdit } from '../../../../src-renderer/canvas/selection-actions.ts'
import { smallClassifier } from '../support/documents.ts'

const none: ReadonlySet<string> = new Set()

describe('deleting a selection', () => {
  it('takes layers and wires away in one step that undo reverses exactly', () => {
    const document = smallClassifier()
    const edit = deleteEdit(document, new Set(['dense_1', 'output_1']), new Set(['input_1-flatten_1']))
    expect(edit).toMatchObject({ label: 'Delete 2 layers' })
    if (!edit) return
    const { document: after, inverse } = applyEdit(document, edit)
    expect(after.layers.map(({ id }) => id)).toEqual(['input_1', 'flatten_1'])
    expect(after.connections).toEqual([])
    expect(applyEdit(after, inverse).document).toEqual(document)
  })

  it('is nothing without a selection', () => {
    expect(deleteEdit(smallClassifier(), none, none)).toBeUndefined()
  })
})

describe('duplicating a selection', () => {
  it('copies parameters and the wires among the copied layers, under free names', () => {
    const document = smallClassifier()
    const { edit, layerIds } = duplicateEdit(document, new Set(['flatten_1', 'dense_1']))
    expect(layerIds).toEqual(['flatten_2', 'dense_2'])
    const after = applyEdit(document, edit).document
    expect(after.layers.find(({ id }) => id === 'dense_2')?.parameters).toEqual({ units: 10 })
    const added = after.connections.slice(document.connections.length)
    expect(added.map(({ source, target }) => `${source}>${target}`)).toEqual(['flatten_2>dense_2'])
    expect(new Set(after.connections.map(({ id }) => id)).size).toBe(after.connections.length)
    expect(compileModel(after).problems.filter(({ code }) => code === 'graph.duplicateName')).toEqual([])
  })

  it('names the step', () => {
    expect(duplicateEdit(smallClassifier(), new Set(['dense_1'])).edit).toMatchObject({
      label: 'Duplicate dense_1',
    })
  })
})
