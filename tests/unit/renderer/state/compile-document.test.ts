// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import { compileDocument } from '../../../../src-renderer/state/compile-document.ts'
import { emptyCompileView } from '../../../../src-renderer/state/compile-view.ts'
import { documentOf, smallClassifier } from '../support/documents.ts'

describe('what the screen knows of a document', () => {
  it('holds shapes, counts and the plan of a sound model', () => {
    const view = compileDocument(smallClassifier(), emptyCompileView)
    expect(view.layers.get('flatten_1')?.outputShape).toEqual([784])
    expect(view.layers.get('dense_1')?.parameterCount).toBe(7850)
    expect(view.plan?.parameterCount).toBe(7850)
    expect(view.errorCount + view.warningCount).toBe(0)
  })

  it('keeps the objects of layers that an edit does not reach', () => {
    const document = smallClassifier()
    const before = compileDocument(document, emptyCompileView)
    const { document: next } = applyEdit(document, {
      type: 'setParameters',
      layerId: 'dense_1',
      parameters: { units: 4 },
    })
    const after = compileDocument(next, before)
    expect(after.layers.get('flatten_1')).toBe(before.layers.get('flatten_1'))
    expect(after.layers.get('dense_1')).not.toBe(before.layers.get('dense_1'))
  })

  it('marks the wire where shapes do not fit, and no other', () => {
    const document = documentOf([
      ['input_1', 'input'],
      ['conv2d_1', 'conv2d'],
      ['conv2d_2', 'conv2d', { kernelSize: [50, 50] }],
    ])
    const view = compileDocument(document, emptyCompileView)
    expect([...view.wires.keys()]).toEqual(['conv2d_1-conv2d_2'])
    expect(view.wires.get('conv2d_1-conv2d_2')?.message).toContain('conv2d_2')
  })

  it('hands each layer its own problems', () => {
    const document = documentOf([
      ['input_1', 'input'],
      ['dense_1', 'dense', { units: 0 }],
      ['output_1', 'output'],
    ])
    const view = compileDocument(document, emptyCompileView)
    expect(view.layers.get('dense_1')?.problems.map(({ parameter }) => parameter)).toEqual(['units'])
    expect(view.layers.get('input_1')?.problems).toEqual([])
    expect(view.plan).toBeUndefined()
  })
})
