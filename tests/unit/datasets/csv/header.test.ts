import { expect, it } from 'vitest'
import { columnNames, isHeader } from '../../../../src-main/datasets/csv/header.ts'

it.each([
  [['name', 'x'], true],
  [['', 'x'], true],
  [['name', '1.5'], false],
  [['1,5', 'a'], false],
  [['2019'], false],
])('%j is a header: %s', (fields, answer) => {
  expect(isHeader(fields)).toBe(answer)
})

it('every column gets a name of its own', () => {
  expect(columnNames(['a', ' a ', '', 'a (2)', 'a'], true)).toEqual([
    'a',
    'a (2)',
    'column 3',
    'a (2) (2)',
    'a (3)',
  ])
  expect(columnNames(['1', '2'], false)).toEqual(['column 1', 'column 2'])
})
