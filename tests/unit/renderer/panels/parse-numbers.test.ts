// @vitest-environment node
import { expect, it } from 'vitest'
import { parseNumbers, showNumbers } from '../../../../src-renderer/panels/inspector/parse-numbers.ts'

it.each(['0.5, -2, 1e-3', '0.5 −2 .001', '[0.5; -2; 0.001]', '(0.5,-2,0.001)'])('reads %s', (text) => {
  expect(parseNumbers(text)).toEqual([0.5, -2, 0.001])
})

it.each(['', 'abc', '1, two', '1 × 2', '1, Infinity'])('reads nothing from "%s"', (text) => {
  expect(parseNumbers(text)).toBeUndefined()
})

it('shows what it reads', () => {
  expect(showNumbers([0.4914, -0.5, 3])).toBe('0.4914, -0.5, 3')
  expect(parseNumbers(showNumbers([1e-7, 0.25]))).toEqual([1e-7, 0.25])
})
