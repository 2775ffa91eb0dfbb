import { describe, expect, it } from 'vitest'
import type { ColumnSpec } from '../../../src-core/datasets/dataset-spec.ts'
import { interpretOutput } from '../../../src-main/services/interpret-outputs.ts'
import { documentOf, planOf } from '../../support/models.ts'

const statistics = { minimum: null, maximum: null, mean: null, standardDeviation: null, missing: 0 }
const price: ColumnSpec = { name: 'price', type: 'number', dtype: 'float32', shape: [], statistics }
function classes(...categories: string[]): ColumnSpec {
  return { name: 'kind', type: 'category', dtype: 'int32', shape: [], categories, statistics }
}

function read(units: number, activation: string, column: ColumnSpec, values: readonly number[]) {
  const plan = planOf(
    documentOf('model', [
      ['input', 'input', { shape: [2] }],
      ['head', 'dense', { units, activation }],
      ['output', 'output'],
    ]),
  )
  return interpretOutput(plan, 'output', [column], Float32Array.from(values))
}

/** Probabilities by class of the first sample, rounded. */
function shares(predictions: ReturnType<typeof read>): Record<string, number> {
  const [first] = predictions
  if (first === undefined || !('probabilities' in first)) throw new Error('there are no probabilities')
  const rounded = Object.entries(first.probabilities).map(([name, share]) => [
    name,
    Math.round(share * 1e4) / 1e4,
  ])
  return Object.fromEntries(rounded)
}

describe('what an output says', () => {
  it.each([
    ['softmax', [0.25, 0.75]],
    ['logSoftmax', [Math.log(0.25), Math.log(0.75)]],
    ['linear', [1, 1 + Math.log(3)]],
  ])('is a probability per class for a head that ends in %s', (activation, values) => {
    const predictions = read(2, activation, classes('cat', 'dog'), values)
    expect(shares(predictions)).toEqual({ cat: 0.25, dog: 0.75 })
    expect(predictions[0]).toMatchObject({ class: 'dog' })
  })

  it.each([
    ['sigmoid', 0.75],
    ['linear', Math.log(3)],
  ])('is the probability of the second of two classes for one unit that ends in %s', (activation, value) => {
    expect(shares(read(1, activation, classes('no', 'yes'), [value]))).toEqual({ no: 0.25, yes: 0.75 })
  })

  it('is undecided at 0 for one unit that ends in tanh', () => {
    expect(shares(read(1, 'tanh', classes('no', 'yes'), [0.5]))).toEqual({ no: 0.25, yes: 0.75 })
  })

  it('is a list of numbers for an embedding, whatever it was trained against', () => {
    const plan = planOf(
      documentOf('model', [
        ['input', 'input', { shape: [2] }],
        ['head', 'dense', { units: 3 }],
        ['output', 'output', { loss: 'supervisedContrastive' }],
      ]),
    )
    const values = Float32Array.of(1, -2, 0.5)
    expect(interpretOutput(plan, 'output', [classes('cat', 'dog')], values)).toEqual([
      { values: [1, -2, 0.5] },
    ])
  })

  it('comes sample by sample', () => {
    const predictions = read(2, 'softmax', classes('cat', 'dog'), [1, 0, 0, 1])
    expect(predictions.map((each) => 'class' in each && each.class)).toEqual(['cat', 'dog'])
  })

  it('survives scores that overflow an exponential', () => {
    expect(shares(read(2, 'linear', classes('cat', 'dog'), [1000, 0]))).toEqual({ cat: 1, dog: 0 })
  })

  it('is a number, or several, for a number target', () => {
    expect(read(1, 'linear', price, [3.5])).toEqual([{ value: 3.5 }])
    expect(read(2, 'linear', price, [1, 2])).toEqual([{ values: [1, 2] }])
  })
})

describe('what an output of labels says', () => {
  const labels = ['label 1', 'label 2'].map((name): ColumnSpec => ({ ...price, name }))

  it.each([
    ['softmax', (share: number) => share],
    ['logSoftmax', Math.log],
    ['linear', Math.log],
  ])('is read from all steps behind %s: repetitions merged, blanks dropped', (activation, head) => {
    const plan = planOf(
      documentOf('model', [
        ['input', 'input', { shape: [6, 2] }],
        ['head', 'dense', { units: 3, activation }],
        ['output', 'output', { loss: 'ctc' }],
      ]),
    )
    const told = [0, 2, 2, 0, 2, 1]
    const steps = told.flatMap((label) => [0, 1, 2].map((at) => head(at === label ? 0.8 : 0.1)))
    const silent = told.flatMap(() => [0.6, 0.2, 0.2].map(head))
    const [first, second] = interpretOutput(plan, 'output', labels, Float32Array.from([...steps, ...silent]))
    expect(first).toMatchObject({ labels: [2, 2, 1] })
    expect(
      first && 'confidence' in first && first.confidence.map((share) => Math.round(share * 100)),
    ).toEqual([80, 80, 80])
    expect(second).toEqual({ labels: [], confidence: [] })
  })
})
