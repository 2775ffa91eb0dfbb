import { describe, expect, it } from 'vitest'
import { bytes, duration, metrics, percent, table } from '../../../src-main/cli/table.ts'

describe('text for the terminal', () => {
  it('aligns words to the left and numbers to the right', () => {
    expect(
      table(
        ['layer', 'parameters'],
        [
          ['conv_1', '260'],
          ['dense_1', '16,050'],
        ],
      ),
    ).toBe(
      ['layer    parameters', '───────  ──────────', 'conv_1          260', 'dense_1      16,050', ''].join(
        '\n',
      ),
    )
  })

  it.each([
    [0.0123, '12 ms'],
    [1.84, '1.8 s'],
    [59.4, '59 s'],
    [200, '3 min 20 s'],
    [3900, '1 h 5 min'],
  ])('%d seconds is %s', (seconds, text) => expect(duration(seconds)).toBe(text))

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KB'],
    [47_040_000, '45 MB'],
  ])('%d bytes is %s', (value, text) => expect(bytes(value)).toBe(text))

  it('writes accuracies as percentages and other metrics with four digits', () => {
    expect(percent(0.97314)).toBe('97.31 %')
    expect(metrics({ loss: 0.08123456, accuracy: 0.9731 })).toBe('loss 0.08123, accuracy 97.31 %')
    expect(metrics(null)).toBe('—')
  })
})
