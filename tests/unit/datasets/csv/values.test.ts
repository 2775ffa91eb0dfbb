import { describe, expect, it } from 'vitest'
import { isMissing, numberIn } from '../../../../src-main/datasets/csv/values.ts'

describe('numbers with a decimal point', () => {
  it.each([
    ['0', 0],
    ['-12', -12],
    ['+3.25', 3.25],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['-1.5E-2', -0.015],
  ])('%s is one', (text, value) => {
    expect(numberIn(text, '.')).toBe(value)
  })

  it.each([
    '',
    '.',
    '-',
    'abc',
    '1a',
    '0x10',
    '1_000',
    '1,5',
    '1 000',
    'Infinity',
    'NaN',
    '1e39',
    '--1',
    'e5',
  ])('%j is none', (text) => {
    expect(numberIn(text, '.')).toBeNaN()
  })
})

describe('numbers with a decimal comma', () => {
  it.each([
    ['1,5', 1.5],
    ['-0,25', -0.25],
    ['7', 7],
    ['1.234,5', 1234.5],
    ['12.345.678', 12_345_678],
  ])('%s is one', (text, value) => {
    expect(numberIn(text, ',')).toBe(value)
  })

  it.each(['1.5', '1,5,5', '12.34,5', ',', ''])('%j is none', (text) => {
    expect(numberIn(text, ',')).toBeNaN()
  })
})

describe('missing values', () => {
  it.each(['', 'NA', 'na', 'N/A', 'NaN', '?', 'null', 'NULL'])('%j is one', (text) => {
    expect(isMissing(text)).toBe(true)
  })

  it.each(['0', 'none', 'nans', '-', '??', 'Nadia'])('%j is none', (text) => {
    expect(isMissing(text)).toBe(false)
  })
})
