// @vitest-environment node
import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatMetric,
  formatPercent,
  formatShape,
  formatShort,
} from '../../../../src-renderer/ui/format.ts'

describe('numbers as people read them', () => {
  it.each([
    [0, '0'],
    [950, '950'],
    [16_050, '16.1 k'],
    [999_999, '1 M'],
    [1_234_567, '1.23 M'],
    [2.5e15, '2.5 P'],
  ])('writes %d in short as %s', (value, text) => expect(formatShort(value)).toBe(text))

  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1536, '1.5 KiB'],
    [3 * 1024 ** 3, '3 GiB'],
  ])('writes %d bytes as %s', (value, text) => expect(formatBytes(value)).toBe(text))

  it.each([
    [0.84, '0.8 s'],
    [42.4, '42 s'],
    [185, '3 min 5 s'],
    [7800, '2 h 10 min'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('writes %d seconds as %s', (value, text) => expect(formatDuration(value)).toBe(text))

  it.each([
    [0, '0'],
    [0.123456, '0.1235'],
    [12.3456, '12.35'],
    [0.00001234, '1.23e-5'],
    [Number.NaN, 'NaN'],
  ])('writes the metric %d as %s', (value, text) => expect(formatMetric(value)).toBe(text))

  it('groups thousands, writes shapes and shares', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567')
    expect(formatShape([32, 13, 13])).toBe('32 × 13 × 13')
    expect(formatShape([])).toBe('scalar')
    expect(formatPercent(0.97312)).toBe('97.31 %')
  })
})
