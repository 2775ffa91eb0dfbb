// @vitest-environment node
import { expect, it } from 'vitest'
import { parseShape, showShape } from '../../../../src-renderer/panels/inspector/parse-shape.ts'

it.each(['1 × 28 × 28', '1x28x28', '1, 28, 28', '[1, 28, 28]', '1 28 28', '(1; 28; 28)'])(
  'reads %s',
  (text) => {
    expect(parseShape(text)).toEqual([1, 28, 28])
  },
)

it('reads a minus of either sort', () => {
  expect(parseShape('-1')).toEqual([-1])
  expect(parseShape('−1 × 4')).toEqual([-1, 4])
})

it.each(['', 'abc', '1, two', '1.5'])('reads nothing from "%s"', (text) => {
  expect(parseShape(text)).toBeUndefined()
})

it('shows what it reads', () => {
  expect(showShape([1, 28, 28])).toBe('1 × 28 × 28')
  expect(parseShape(showShape([3, 32, 32]))).toEqual([3, 32, 32])
})
