import { expect, it } from 'vitest'
import { nextScale, scales } from '../../../../src-renderer/app/scale.ts'

it('goes from step to step and stays at both ends', () => {
  expect(nextScale(1, 1)).toBe(1.1)
  expect(nextScale(1, -1)).toBe(0.9)
  expect(nextScale(2, 1)).toBe(2)
  expect(nextScale(0.8, -1)).toBe(0.8)
  const up = scales.slice(0, -1).map((scale) => nextScale(scale, 1))
  expect(up).toEqual(scales.slice(1))
})

it('takes what was stored by another version as the step below', () => {
  expect(nextScale(1.2, 1)).toBe(1.25)
  expect(nextScale(1.2, -1)).toBe(1)
})
