import { describe, expect, it } from 'vitest'
import { checkDataset, resolveBinding } from '../../../src-core/compile/dataset-binding.ts'
import type { ColumnSpec, DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import { documentOf, type LayerLine, planOf } from '../../support/models.ts'

const [steps, tokens] = [8, 30]

function tokenColumn(name: string): ColumnSpec {
  return {
    name,
    type: 'tokens',
    dtype: 'int32',
    shape: [steps],
    categories: Array.from({ length: tokens }, (_, index) => String.fromCharCode(97 + index)),
    statistics: { minimum: null, maximum: null, mean: null, standardDeviation: null, missing: 0 },
  }
}

const dataset: DatasetInfo = {
  id: 1,
  name: 'poem',
  format: 'text',
  description: '',
  rows: 100,
  columns: [tokenColumn('text'), tokenColumn('next')],
  defaultTarget: 'next',
  bytes: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
}
const binding = { name: 'poem', inputs: {}, targets: {} }

function model(inputDim: number, units: number, length = steps) {
  const lines: readonly LayerLine[] = [
    ['input', 'input', { shape: [length] }],
    ['embedding', 'embedding', { inputDim, outputDim: 4 }],
    ['lstm', 'lstm', { units: 5, returnSequences: true }],
    ['characters', 'dense', { units, activation: 'softmax' }],
    ['next', 'output'],
  ]
  return documentOf('language', lines)
}

const problemsOf = (document: ReturnType<typeof model>) => checkDataset(planOf(document), binding, dataset)

describe('columns of tokens', () => {
  it('feed the input and are the target, a class at every step', () => {
    const bound = resolveBinding(planOf(model(tokens, tokens)), binding, dataset)
    if (!bound.ok) throw new Error(bound.problems[0]?.message)
    expect(bound.value.inputs.get('input')?.map(({ name }) => name)).toEqual(['text'])
    expect(bound.value.targetDescriptions.get('next')).toEqual({
      kind: 'category',
      classes: tokens,
      name: 'next',
      steps,
    })
    expect(problemsOf(model(tokens, tokens))).toEqual([])
  })

  it('need a vocabulary and units for all tokens; both can be mended with one click each', () => {
    let document = model(20, 24)
    expect(problemsOf(document).map(({ code }) => code)).toEqual(['data.vocabulary', 'data.tooManyClasses'])
    expect(problemsOf(document)[0]).toMatchObject({
      message: 'embedding knows 20 tokens, but the column "text" has 30 different ones.',
      parameter: 'inputDim',
      fix: { label: 'Set the vocabulary size to 30' },
    })
    for (const { fix } of problemsOf(document)) {
      for (const edit of fix?.edits ?? []) document = applyEdit(document, edit).document
    }
    expect(problemsOf(document)).toEqual([])
  })

  it('need an input as long as a window', () => {
    expect(problemsOf(model(tokens, tokens, 9))).toMatchObject([
      { code: 'data.inputShape', fix: { label: 'Set the shape to 8' } },
    ])
  })

  it('are a target by themselves', () => {
    const both = { ...binding, targets: { next: ['next', 'text'] } }
    expect(checkDataset(planOf(model(tokens, tokens)), both, dataset)[0]?.message).toContain(
      'is a sequence of tokens',
    )
  })
})
