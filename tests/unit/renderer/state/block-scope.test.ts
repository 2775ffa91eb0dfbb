// @vitest-environment node
import { beforeEach, expect, it } from 'vitest'
import { makeBlock } from '../../../../src-core/document/blocks/make-block.ts'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import { serialiseDocument } from '../../../../src-core/document/serialise.ts'
import { compileDocument } from '../../../../src-renderer/state/compile-document.ts'
import { emptyCompileView } from '../../../../src-renderer/state/compile-view.ts'
import { useProject } from '../../../../src-renderer/state/project-store.ts'
import { documentOf } from '../../../support/models.ts'
import { opened } from '../support/documents.ts'

const store = useProject.getState

const plain = documentOf('plain', [
  ['input', 'input', { shape: [4] }],
  ['dense', 'dense', { units: 3 }],
  ['relu', 'relu'],
  ['output', 'output'],
])

function made() {
  const result = makeBlock(plain, new Set(['dense', 'relu']))
  if (!result.ok) throw new Error('no block')
  return result.value
}

beforeEach(() => {
  store().show(opened(plain))
  store().dispatch(made().edit)
})

function views() {
  const { document, drawing, entered } = store()
  if (!document || !drawing) throw new Error('no document')
  return compileDocument(document, null, emptyCompileView, { drawing, entered })
}

it('shows the inside of a block that was entered, and edits it there', () => {
  store().enter(['block_1'])
  expect(store().drawing?.layers.map(({ id }) => id)).toEqual(['input', 'dense', 'relu', 'output'])
  store().dispatch({ type: 'setParameters', layerId: 'dense', parameters: { units: 5 } })
  expect(store().history.done.at(-1)?.label).toBe('Set units of dense: 3 → 5')
  expect(store().document?.layers.map(({ id }) => id)).toEqual(['input', 'block_1', 'output'])
  expect(store().document?.blocks?.[0]?.layers[1]?.parameters).toEqual({ units: 5 })
  expect(views().layers.get('dense')).toMatchObject({ outputShape: [5], parameterCount: 25 })
  expect(views().layers.get('input')).toMatchObject({ outputShape: [4] })
})

it('leaves settings of the model alone, wherever one is', () => {
  store().enter(['block_1'])
  store().dispatch({ type: 'setDocumentName', name: 'Inside' })
  expect(store().document?.name).toBe('Inside')
})

it('tells problems of the layers that are shown', () => {
  store().dispatch({
    type: 'editBlock',
    blockId: 'block_1',
    edit: { type: 'setParameters', layerId: 'dense', parameters: { units: 0 } },
  })
  expect(views().layers.get('block_1')?.problems).toHaveLength(1)
  store().enter(['block_1'])
  expect(views().layers.get('dense')?.problems).toMatchObject([{ parameter: 'units', layerId: 'dense' }])
  expect(views().layers.get('relu')?.problems).toEqual([])
  expect(views().errorCount).toBe(1)
})

it('leaves a block that undo takes away, and comes back to the identical document', () => {
  store().enter(['block_1'])
  store().dispatch({ type: 'removeLayer', layerId: 'relu' })
  store().select(['dense'])
  store().undo()
  expect(store().entered).toHaveLength(1)
  store().undo()
  expect(store().entered).toEqual([])
  expect(store().drawing).toBe(store().document)
  expect(serialiseDocument(store().document ?? applyEdit(plain, made().edit).document)).toBe(
    serialiseDocument(plain),
  )
})
