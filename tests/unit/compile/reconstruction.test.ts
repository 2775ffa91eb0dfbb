import { describe, expect, it } from 'vitest'
import { checkDataset, resolveBinding } from '../../../src-core/compile/dataset-binding.ts'
import { possibleTargets } from '../../../src-core/compile/reconstruction.ts'
import type { ColumnSpec, DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import type { DatasetBinding } from '../../../src-core/document/model-document.ts'
import { documentOf, type LayerLine, planOf } from '../../support/models.ts'

const statistics = { minimum: 0, maximum: 255, mean: 33, standardDeviation: 79, missing: 0 }
const image: ColumnSpec = { name: 'image', type: 'image', dtype: 'uint8', shape: [1, 8, 8], statistics }
const label: ColumnSpec = {
  name: 'label',
  type: 'category',
  dtype: 'int32',
  shape: [],
  categories: ['a', 'b', 'c'],
  statistics,
}
const pictures: DatasetInfo = {
  id: 1,
  name: 'pictures',
  format: 'idx',
  description: '',
  rows: 100,
  columns: [image, label],
  defaultTarget: 'label',
  bytes: 1,
  createdAt: '2026-01-01T00:00:00Z',
}
const automatic: DatasetBinding = { name: 'pictures', inputs: {}, targets: {} }

const picture: readonly LayerLine[] = [
  ['in', 'input', { shape: [1, 8, 8] }],
  ['conv', 'conv2d', { filters: 1, kernelSize: [3, 3], padding: 'same', activation: 'sigmoid' }],
  ['out', 'output'],
]
const list: readonly LayerLine[] = [
  ['in', 'input', { shape: [64] }],
  ['code', 'dense', { units: 4, activation: 'relu' }],
  ['decoder', 'dense', { units: 64, activation: 'sigmoid' }],
  ['out', 'output'],
]

function names(columns: ReadonlyMap<string, readonly ColumnSpec[]>) {
  return [...columns.values()].flat().map(({ name }) => name)
}

describe('a model that gives what it gets', () => {
  it('of pictures is compared with its own pictures, in 0 to 1', () => {
    const bound = resolveBinding(planOf(documentOf('ae', picture)), automatic, pictures)
    if (!bound.ok) throw new Error(bound.problems[0]?.message)
    expect(names(bound.value.inputs)).toEqual(['image'])
    expect(names(bound.value.targets)).toEqual(['image'])
    expect(bound.value.targetDescriptions.get('out')).toMatchObject({ minimum: 0, maximum: 1, width: 64 })
  })

  it('is compared as stored where pixels stay as stored', () => {
    const bound = resolveBinding(planOf(documentOf('ae', picture)), automatic, pictures, 'none')
    if (!bound.ok) throw new Error(bound.problems[0]?.message)
    expect(bound.value.targetDescriptions.get('out')).toMatchObject({ minimum: 0, maximum: 255 })
  })

  it.each([
    ['by more units than classes', list],
    [
      'whatever loss it has',
      [...list.slice(0, -1), ['out', 'output', { loss: 'meanSquaredError' }] as const],
    ],
  ])('as a list is offered its images as the target: %s', (_, lines) => {
    const document = { ...documentOf('ae', lines), dataset: automatic }
    const [problem, ...others] = checkDataset(planOf(document), automatic, pictures)
    expect(others).toEqual([])
    expect(problem?.hint).toMatch(/Or let it reconstruct image\.$/)
    expect(problem?.fix?.label).toBe('Reconstruct image')
    const edits = problem?.fix?.edits ?? []
    const fixed = applyEdit(document, { type: 'group', label: 'Fix', edits }).document
    expect(fixed.dataset?.targets).toEqual({ out: ['image'] })
    expect(checkDataset(planOf(fixed), fixed.dataset, pictures)).toEqual([])
    const bound = resolveBinding(planOf(fixed), fixed.dataset ?? automatic, pictures)
    expect(bound.ok && names(bound.value.inputs)).toEqual(['image'])
  })

  it('gets the same offer where the dataset has no target', () => {
    const problems = checkDataset(planOf(documentOf('ae', list)), automatic, {
      ...pictures,
      defaultTarget: null,
    })
    expect(problems).toMatchObject([{ code: 'data.targetMissing', fix: { label: 'Reconstruct image' } }])
  })

  it('is not offered what has another size', () => {
    const wrong = list.with(2, ['decoder', 'dense', { units: 60, activation: 'sigmoid' }])
    const [problem] = checkDataset(planOf(documentOf('ae', wrong)), automatic, pictures)
    expect(problem).toMatchObject({ code: 'data.unitsMismatch', fix: { label: 'Give "decoder" 3 units' } })
  })

  it('may choose an image only where it gives as many values', () => {
    expect(possibleTargets(64, pictures).map(({ name }) => name)).toEqual(['image', 'label'])
    expect(possibleTargets(3, pictures).map(({ name }) => name)).toEqual(['label'])
    expect(possibleTargets(undefined, pictures).map(({ name }) => name)).toEqual(['label'])
  })
})
