// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { DatasetInfo } from '../../../../src-core/datasets/dataset-spec.ts'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { trainingSettingsSchema } from '../../../../src-core/training/run-config.ts'
import { compileDocument } from '../../../../src-renderer/state/compile-document.ts'
import { emptyCompileView } from '../../../../src-renderer/state/compile-view.ts'
import { documentOf, smallClassifier } from '../support/documents.ts'

describe('what the screen knows of a document', () => {
  it('holds shapes, counts and the plan of a sound model', () => {
    const view = compileDocument(smallClassifier(), null, emptyCompileView)
    expect(view.layers.get('flatten_1')?.outputShape).toEqual([784])
    expect(view.layers.get('dense_1')?.parameterCount).toBe(7850)
    expect(view.plan?.parameterCount).toBe(7850)
    expect(view.errorCount + view.warningCount).toBe(0)
  })

  it('keeps the objects of layers that an edit does not reach', () => {
    const document = smallClassifier()
    const before = compileDocument(document, null, emptyCompileView)
    const { document: next } = applyEdit(document, {
      type: 'setParameters',
      layerId: 'dense_1',
      parameters: { units: 4 },
    })
    const after = compileDocument(next, null, before)
    expect(after.layers.get('flatten_1')).toBe(before.layers.get('flatten_1'))
    expect(after.layers.get('dense_1')).not.toBe(before.layers.get('dense_1'))
  })

  it('marks the wire where shapes do not fit, and no other', () => {
    const document = documentOf([
      ['input_1', 'input'],
      ['conv2d_1', 'conv2d'],
      ['conv2d_2', 'conv2d', { kernelSize: [50, 50] }],
    ])
    const view = compileDocument(document, null, emptyCompileView)
    expect([...view.wires.keys()]).toEqual(['conv2d_1-conv2d_2'])
    expect(view.wires.get('conv2d_1-conv2d_2')?.message).toContain('conv2d_2')
  })

  it('hands each layer its own problems', () => {
    const document = documentOf([
      ['input_1', 'input'],
      ['dense_1', 'dense', { units: 0 }],
      ['output_1', 'output'],
    ])
    const view = compileDocument(document, null, emptyCompileView)
    expect(view.layers.get('dense_1')?.problems.map(({ parameter }) => parameter)).toEqual(['units'])
    expect(view.layers.get('input_1')?.problems).toEqual([])
    expect(view.plan).toBeUndefined()
  })

  it('names training settings that do not go together, before there are data', () => {
    const training = trainingSettingsSchema.parse({
      epochs: 2,
      warmUp: { length: { unit: 'epochs', count: 3 } },
    })
    const view = compileDocument({ ...smallClassifier(), training }, null, emptyCompileView)
    expect(view.problems.map(({ code }) => code)).toEqual(['run.config'])
    expect(view.errorCount).toBe(1)
  })

  it('checks the model against its dataset as soon as the datasets are known', () => {
    const document: ModelDocument = {
      ...smallClassifier(),
      dataset: { name: 'digits', inputs: {}, targets: {} },
    }
    const codes = (datasets: readonly DatasetInfo[] | null) =>
      compileDocument(document, datasets, emptyCompileView).problems.map(({ code }) => code)
    expect(codes(null)).toEqual([])
    expect(codes([])).toEqual(['dataset.notFound'])
    expect(codes([digits(10)])).toEqual([])
    expect(codes([digits(12)])).toEqual(['data.tooManyClasses'])
  })

  it('does not call it a problem that no data is chosen yet', () => {
    expect(compileDocument(smallClassifier(), [], emptyCompileView).problems).toEqual([])
  })
})

function digits(classes: number): DatasetInfo {
  const categories = Array.from({ length: classes }, (_, index) => `class ${index}`)
  const statistics = { minimum: 0, maximum: 255, mean: 1, standardDeviation: 1, missing: 0 }
  return {
    id: 1,
    name: 'digits',
    format: 'idx',
    description: '',
    rows: 100,
    columns: [
      { name: 'image', type: 'image', dtype: 'uint8', shape: [1, 28, 28], statistics },
      { name: 'label', type: 'category', dtype: 'int32', shape: [], categories, statistics },
    ],
    defaultTarget: 'label',
    bytes: 78_800,
    createdAt: '2025-01-01T00:00:00.000Z',
  }
}
