import { describe, expect, it } from 'vitest'
import {
  classWeightProblems,
  classWeightsByIndex,
  classWeightTarget,
} from '../../../src-core/datasets/class-weights.ts'
import type { ColumnSpec } from '../../../src-core/datasets/dataset-spec.ts'

const statistics = { minimum: null, maximum: null, mean: null, standardDeviation: null, missing: 0 }
const category = (name: string, ...categories: string[]): ColumnSpec => ({
  name,
  type: 'category',
  dtype: 'int32',
  shape: [],
  categories,
  statistics,
})
const price: ColumnSpec = { name: 'price', type: 'number', dtype: 'float32', shape: [], statistics }
const species = category('species', 'setosa', 'versicolor', 'virginica')

/** Rows 0 … 9 of classes 0, 0, 0, 0, 0, 0, 1, 1, 1, 0. */
const rows = Uint32Array.from({ length: 10 }, (_, row) => row)
const classOf = (row: number) => (row >= 6 && row < 9 ? 1 : 0)

describe('class weights', () => {
  it('are absent when every row counts the same', () => {
    expect(classWeightsByIndex(undefined, species, rows, classOf)).toBeUndefined()
    expect(classWeightsByIndex('none', species, rows, classOf)).toBeUndefined()
  })

  it('balanced: rows by classes that occur by rows of the class; on average 1', () => {
    const weights = classWeightsByIndex('balanced', species, rows, classOf) ?? []
    expect([...weights]).toEqual([10 / (2 * 7), 10 / (2 * 3), 1].map(Math.fround))
    const sum = rows.reduce((total, row) => total + (weights[classOf(row)] ?? 0), 0)
    expect(sum / rows.length).toBeCloseTo(1, 6)
  })

  it('by name: 1 where none is given', () => {
    expect([...(classWeightsByIndex({ virginica: 5 }, species, rows, classOf) ?? [])]).toEqual([1, 1, 5])
  })
})

describe('what class weights are about', () => {
  it('is the only category that is predicted', () => {
    const targets = new Map([
      ['a', [species]],
      ['b', [price]],
    ])
    expect(classWeightTarget(targets)).toBe(species)
    expect(classWeightProblems('balanced', targets)).toEqual([])
    expect(classWeightProblems({ setosa: 2 }, targets)).toEqual([])
  })

  it.each([
    [new Map([['b', [price]]]), 'but the model predicts numbers.'],
    [
      new Map([
        ['a', [species]],
        ['b', [category('size', 's', 'm')]],
      ]),
      'but the model predicts 2 categories.',
    ],
  ])('cannot be told otherwise', (targets, found) => {
    expect(classWeightProblems('none', targets)).toEqual([])
    expect(classWeightProblems('balanced', targets)).toMatchObject([
      {
        code: 'run.config',
        message: `Class weights need exactly one category that is predicted, ${found}`,
        hint: 'Set the class weights to none.',
      },
    ])
  })

  it('must have the classes that are named', () => {
    expect(classWeightProblems({ setosa: 2, rose: 3 }, new Map([['a', [species]]]))).toMatchObject([
      {
        code: 'run.config',
        message: 'The class weights name "rose", which is no class of "species".',
        hint: 'Its classes are setosa, versicolor, virginica.',
      },
    ])
  })
})
