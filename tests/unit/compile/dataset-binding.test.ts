import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { checkDataset, resolveBinding } from '../../../src-core/compile/dataset-binding.ts'
import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import type { ColumnSpec, DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import type { DatasetBinding, LayerNode, ModelDocument } from '../../../src-core/document/model-document.ts'
import { column, dataset } from './data-sets.ts'
import { chain, drawing, layer } from './drawings.ts'

const digitNames = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
const mnist = dataset('mnist', 'label', [
  column('image', 'image', { shape: [1, 28, 28] }),
  column('label', 'category', { categories: digitNames }),
])
const cars = dataset('cars', 'price', [
  column('weight', 'number'),
  column('power', 'number'),
  column('fuel', 'category', { categories: ['petrol', 'diesel', 'electric'] }),
  column('price', 'number'),
])
const automatic: DatasetBinding = { name: 'any', inputs: {}, targets: {} }

function classifier(inputShape: readonly number[], units: number): ModelDocument {
  return chain(
    layer('in', 'input', { shape: [...inputShape] }),
    layer('flat', 'flatten'),
    layer('head', 'dense', { units, activation: units === 1 ? 'linear' : 'softmax' }),
    layer('out', 'output'),
  )
}

function planOf(document: ModelDocument): ModelPlan {
  const { plan, problems } = compileModel(document)
  if (!plan) throw new Error(problems.map(({ message }) => message).join('\n'))
  return plan
}

function names(columns: ReadonlyMap<string, readonly ColumnSpec[]>): Record<string, string[]> {
  return Object.fromEntries([...columns].map(([id, list]) => [id, list.map(({ name }) => name)]))
}

describe('resolveBinding', () => {
  it('binds the target to the only output and the rest to the only input', () => {
    const bound = resolveBinding(planOf(classifier([5], 1)), automatic, cars)
    if (!bound.ok) throw new Error(bound.problems[0]?.message)
    expect(names(bound.value.inputs)).toEqual({ in: ['weight', 'power', 'fuel'] })
    expect(names(bound.value.targets)).toEqual({ out: ['price'] })
    expect(bound.value.targetDescriptions.get('out')).toEqual({
      kind: 'number',
      width: 1,
      name: 'price',
      minimum: 0,
      maximum: 9,
      centres: [{ mean: 4, width: 1 }],
    })
  })

  it.each([[[1, 28, 28]], [[784]], [[28, 28]]])('feeds images to an input of shape %j', (shape) => {
    const bound = resolveBinding(planOf(classifier(shape, 10)), automatic, mnist)
    if (!bound.ok) throw new Error(bound.problems[0]?.message)
    expect(names(bound.value.inputs)).toEqual({ in: ['image'] })
    expect(bound.value.targetDescriptions.get('out')).toEqual({
      kind: 'category',
      classes: 10,
      name: 'label',
    })
  })

  it('takes the columns that the binding names', () => {
    const binding = { name: 'cars', inputs: { in: ['power', 'weight'] }, targets: { out: ['fuel'] } }
    const bound = resolveBinding(planOf(classifier([2], 3)), binding, cars)
    if (!bound.ok) throw new Error(bound.problems[0]?.message)
    expect(names(bound.value.inputs)).toEqual({ in: ['power', 'weight'] })
    expect(names(bound.value.targets)).toEqual({ out: ['fuel'] })
  })

  it('lets an image be its own target', () => {
    const binding = { name: 'mnist', inputs: { in: ['image'] }, targets: { out: ['image'] } }
    const bound = resolveBinding(planOf(classifier([784], 784)), binding, mnist)
    if (!bound.ok) throw new Error(bound.problems[0]?.message)
    expect(bound.value.targetDescriptions.get('out')).toEqual({
      kind: 'number',
      width: 784,
      name: 'image',
      minimum: 0,
      maximum: 1,
      centres: [{ mean: 4 / 255, width: 784 }],
    })
  })

  it('binds several inputs to columns of the same name', () => {
    const wide: readonly LayerNode[] = [
      layer('weight', 'input', { shape: [1] }),
      layer('fuel', 'input', { shape: [3] }),
      layer('both', 'concatenate'),
      layer('head', 'dense', { units: 1 }),
      layer('price', 'output'),
    ]
    const plan = planOf(drawing(wide, ['weight > both', 'fuel > both', 'both > head', 'head > price']))
    const bound = resolveBinding(plan, automatic, cars)
    if (!bound.ok) throw new Error(bound.problems[0]?.message)
    expect(names(bound.value.inputs)).toEqual({ weight: ['weight'], fuel: ['fuel'] })
  })
})

describe('checkDataset', () => {
  function problemsOf(document: ModelDocument, info: DatasetInfo, binding = automatic) {
    return checkDataset(planOf(document), binding, info)
  }

  /** The document and its binding after the fix of its only problem; it must have no problem left. */
  function expectMended(document: ModelDocument, info: DatasetInfo, binding = automatic): void {
    const [problem, ...others] = problemsOf(document, info, binding)
    expect(others).toEqual([])
    const edits = problem?.fix?.edits ?? []
    expect(edits).not.toHaveLength(0)
    const fixed = applyEdit(
      { ...document, dataset: binding },
      { type: 'group', label: 'Fix', edits },
    ).document
    expect(problemsOf(fixed, info, fixed.dataset ?? automatic)).toEqual([])
  }

  it('is content with a model that fits', () => {
    expect(problemsOf(classifier([1, 28, 28], 10), mnist)).toEqual([])
  })

  it('asks for a dataset', () => {
    const plan = planOf(classifier([4], 3))
    expect(checkDataset(plan, null, undefined)).toMatchObject([{ code: 'data.missing' }])
    expect(checkDataset(plan, { ...automatic, name: 'lost' }, undefined)).toMatchObject([
      { code: 'dataset.notFound', message: 'There is no dataset "lost" here.' },
    ])
  })

  it('names both shapes and sets the input’s shape', () => {
    const document = classifier([3, 32, 32], 10)
    expect(problemsOf(document, mnist)).toMatchObject([
      {
        code: 'data.inputShape',
        layerId: 'in',
        parameter: 'shape',
        message: 'in has the shape 3 × 32 × 32, but the images "image" of "mnist" are 1 × 28 × 28.',
        fix: { label: 'Set the shape to 1 × 28 × 28' },
      },
    ])
    expectMended(document, mnist)
  })

  it('counts one value per category', () => {
    const document = classifier([3], 1)
    expect(problemsOf(document, cars)).toMatchObject([
      {
        code: 'data.inputShape',
        message: 'in has the shape 3, but the 3 columns "weight", "power", "fuel" of "cars" give 5 values.',
        hint: 'Set the shape of in to 5 ("fuel" takes one value per category).',
      },
    ])
    expectMended(document, cars)
  })

  it('refuses channels at the end of an image', () => {
    expect(problemsOf(classifier([28, 28, 1], 10), mnist)).toMatchObject([{ code: 'data.inputShape' }])
  })

  it('asks for a target when the dataset has none, and proposes one', () => {
    const document = classifier([5], 1)
    const untargeted = { ...cars, defaultTarget: null }
    expect(problemsOf(document, untargeted)).toMatchObject([
      {
        code: 'data.targetMissing',
        layerId: 'out',
        fix: { label: 'Predict fuel' },
      },
      { code: 'data.inputShape' },
    ])
  })

  it('names columns that the dataset does not have, and forgets them', () => {
    const binding = { ...automatic, inputs: { in: ['weight', 'colour'] } }
    const document = classifier([5], 1)
    expect(problemsOf(document, cars, binding)).toMatchObject([
      {
        code: 'data.column',
        layerId: 'in',
        message: 'in takes "colour", but the dataset "cars" has no such column.',
        hint: 'Its columns are "weight", "power", "fuel", "price".',
      },
    ])
    expectMended(document, cars, binding)
  })

  it('refuses a category among several targets, and an image among several inputs', () => {
    const targets = { ...automatic, inputs: { in: ['weight'] }, targets: { out: ['price', 'fuel'] } }
    expect(problemsOf(classifier([1], 2), cars, targets)).toMatchObject([
      {
        code: 'data.column',
        message: 'out shall predict "price", "fuel" together, but "fuel" is a category.',
      },
    ])
    const inputs = { ...automatic, inputs: { in: ['image', 'label'] }, targets: { out: ['label'] } }
    expect(problemsOf(classifier([794], 10), mnist, inputs)).toMatchObject([
      { code: 'data.column', message: 'in takes "image", "label" together, but "image" is an image.' },
    ])
  })

  it('passes on what the loss says about the head: more classes than units', () => {
    expect(problemsOf(classifier([784], 3), mnist)).toMatchObject([{ code: 'data.tooManyClasses' }])
  })
})
