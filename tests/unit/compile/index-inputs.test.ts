import { describe, expect, it } from 'vitest'
import { checkDataset } from '../../../src-core/compile/dataset-binding.ts'
import { indexInputs } from '../../../src-core/compile/index-inputs.ts'
import type { ColumnSpec, DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { documentOf, planOf } from '../../support/models.ts'

const plan = planOf(
  documentOf('text', [
    ['words', 'input', { shape: [6] }],
    ['pairs', 'reshape', { targetShape: [3, 2] }],
    ['list', 'flatten'],
    ['embedding', 'embedding', { inputDim: 100, outputDim: 4 }],
    ['lstm', 'lstm', { units: 3 }],
    ['head', 'dense', { units: 1, activation: 'sigmoid' }],
    ['output', 'output'],
  ]),
)

function column(name: string, minimum: number, maximum: number): ColumnSpec {
  return {
    name,
    type: 'number',
    dtype: 'float32',
    shape: [],
    statistics: { minimum, maximum, mean: 1, standardDeviation: 1, missing: 0 },
  }
}

function dataset(minimum: number, maximum: number): DatasetInfo {
  const words = Array.from({ length: 6 }, (_, index) =>
    column(`w${index}`, index === 3 ? minimum : 0, index === 3 ? maximum : 9),
  )
  const label: ColumnSpec = {
    name: 'label',
    type: 'category',
    dtype: 'int32',
    shape: [],
    categories: ['bad', 'good'],
    statistics: { minimum: null, maximum: null, mean: null, standardDeviation: null, missing: 0 },
  }
  return {
    id: 1,
    name: 'reviews',
    format: 'csv',
    description: '',
    rows: 10,
    columns: [...words, label],
    defaultTarget: 'label',
    bytes: 0,
    createdAt: '',
  }
}

const problems = (minimum: number, maximum: number) =>
  checkDataset(plan, { name: 'reviews', inputs: {}, targets: {} }, dataset(minimum, maximum))

describe('inputs whose values are looked up', () => {
  it('are found through layers that only move values', () => {
    expect([...indexInputs(plan)]).toMatchObject([['words', { count: 100, layer: { name: 'embedding' } }]])
  })

  it('are right when all values are known', () => {
    expect(problems(0, 99)).toEqual([])
  })

  it('say which column holds a number beyond the vocabulary, and offer a larger one', () => {
    expect(problems(0, 1203)).toMatchObject([
      {
        code: 'data.vocabulary',
        message: 'embedding takes whole numbers from 0 to 99, but the column "w3" holds 0 to 1203.',
        parameter: 'inputDim',
        fix: { edits: [{ type: 'setParameters', layerId: 'embedding', parameters: { inputDim: 1204 } }] },
      },
    ])
  })

  it('say which column holds a negative number; no vocabulary can mend that', () => {
    const [problem] = problems(-1, 50)
    expect(problem).toMatchObject({ code: 'data.vocabulary', hint: expect.stringContaining('from 0 on') })
    expect(problem?.fix).toBeUndefined()
  })
})
