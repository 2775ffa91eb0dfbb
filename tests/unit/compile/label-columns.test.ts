import { describe, expect, it } from 'vitest'
import { checkDataset, resolveBinding } from '../../../src-core/compile/dataset-binding.ts'
import type { ColumnSpec, DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { documentOf, planOf } from '../../support/models.ts'

const statistics = { minimum: 0, maximum: 3, mean: null, standardDeviation: null, missing: 0 }
const number = (name: string): ColumnSpec => ({
  name,
  type: 'number',
  dtype: 'float32',
  shape: [],
  statistics,
})
const category = (name: string, categories: string[]): ColumnSpec => ({
  name,
  type: 'category',
  dtype: 'int32',
  shape: [],
  categories,
  statistics: { ...statistics, minimum: null, maximum: null },
})

const columns = [
  number('x 1'),
  number('x 2'),
  number('x 3'),
  number('x 4'),
  number('label 10'),
  number('label 2'),
  number('label 1'),
  category('label 3', ['0', '1', '2', '3', '4', '5']),
  category('label 4', ['cat', 'dog']),
]
const dataset: DatasetInfo = {
  id: 1,
  name: 'lists',
  format: 'csv',
  description: '',
  rows: 100,
  columns,
  defaultTarget: 'label 1',
  bytes: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
}

function bound(loss: string, targets: string[] = []) {
  const plan = planOf(
    documentOf('model', [
      ['input', 'input', { shape: [6] }],
      ['steps', 'reshape', { targetShape: [6, 1] }],
      ['head', 'dense', { units: 6 }],
      ['output', 'output', { loss }],
    ]),
  )
  // What is no target feeds the input, unless columns are named.
  const named = { input: ['x 1', 'x 2', 'x 3', 'x 4', 'label 4'] }
  const isList = loss === 'ctc' && targets.length < 2
  const binding = {
    name: 'lists',
    inputs: isList ? {} : named,
    targets: targets.length > 0 ? { output: targets } : {},
  }
  const resolved = resolveBinding(plan, binding, dataset)
  if (!resolved.ok) throw new Error(resolved.problems[0]?.message)
  return { ...resolved.value, problems: checkDataset(plan, binding, dataset) }
}

const names = (specs: readonly ColumnSpec[] | undefined) => specs?.map(({ name }) => name)

describe('a list of labels', () => {
  it.each<[string, string[]]>([
    ['the default target', []],
    ['the one that is named', ['label 2']],
  ])('is all columns that are called like %s, by their numbers', (_, targets) => {
    const { targets: found, inputs, targetDescriptions, problems } = bound('ctc', targets)
    expect(names(found.get('output'))).toEqual(['label 1', 'label 2', 'label 3', 'label 10'])
    expect(names(inputs.get('input'))).toEqual(['x 1', 'x 2', 'x 3', 'x 4', 'label 4'])
    expect(targetDescriptions.get('output')).toMatchObject({
      kind: 'number',
      width: 4,
      minimum: 0,
      maximum: 5,
    })
    expect(problems).toEqual([])
  })

  it('is what is named where several columns are', () => {
    const { targets } = bound('ctc', ['label 2', 'x 1'])
    expect(names(targets.get('output'))).toEqual(['label 2', 'x 1'])
  })

  it('is one column for every other loss', () => {
    const { targets } = bound('meanSquaredError')
    expect(names(targets.get('output'))).toEqual(['label 1'])
  })

  it('cannot hold a category that is called otherwise', () => {
    expect(() => bound('ctc', ['label 1', 'label 4'])).toThrow(/together, but "label 4" is a category/)
  })
})
