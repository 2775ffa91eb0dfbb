import { describe, expect, it } from 'vitest'
import type { ColumnSpec } from '../../../src-core/datasets/dataset-spec.ts'
import { type EncodedInput, encodeRows } from '../../../src-main/services/encode-rows.ts'

const statistics = { minimum: null, maximum: null, mean: null, standardDeviation: null, missing: 0 }
const number = (name: string): ColumnSpec => ({
  name,
  type: 'number',
  dtype: 'float32',
  shape: [],
  statistics,
})
const category = (name: string, categories: string[]): ColumnSpec => ({
  name,
  type: 'category',
  dtype: 'int32',
  shape: [],
  categories,
  statistics,
})
const image: ColumnSpec = { name: 'image', type: 'image', dtype: 'uint8', shape: [1, 2, 2], statistics }

function input(columns: ColumnSpec[], fill: number | Float32Array = 0): EncodedInput {
  return { layerId: 'input_1', columns, preparation: { offset: 0, scale: 1, fill } }
}
const flower = [
  input(
    [number('length'), category('colour', ['red', 'blue']), number('width')],
    Float32Array.of(9, 0, 0, 7),
  ),
]

function encoded(inputs: readonly EncodedInput[], rows: Parameters<typeof encodeRows>[1]) {
  const result = encodeRows(inputs, rows)
  return result.ok ? Array.from(result.value.input_1 ?? []) : result.problems[0]
}

describe('samples for a prediction', () => {
  it('are taken by column name, whatever else the row holds', () => {
    const row = new Map<string, unknown>([
      ['width', 2],
      ['species', 'rose'],
      ['colour', 'blue'],
      ['length', '1.5'],
    ])
    expect(encoded(flower, [row])).toEqual([1.5, 0, 1, 2])
  })

  it('are taken in the order of the columns', () => {
    expect(
      encoded(flower, [
        [1, 'red', 2],
        [3, 'blue', 4],
      ]),
    ).toEqual([1, 1, 0, 2, 3, 0, 1, 4])
  })

  it('take what stood in for missing values in training', () => {
    expect(encoded(flower, [[null, '?', 'NA']])).toEqual([9, 0, 0, 7])
  })

  it('may be one image, flat or nested, or several', () => {
    const inputs = [input([image])]
    expect(encoded(inputs, [[0, 255, 1, 2]])).toEqual([0, 255, 1, 2])
    expect(
      encoded(inputs, [
        [0, 255],
        [1, 2],
      ]),
    ).toEqual([0, 255, 1, 2])
    expect(
      encoded(inputs, [
        [
          [
            [0, 255],
            [1, 2],
          ],
        ],
      ]),
    ).toEqual([0, 255, 1, 2])
    expect(
      encoded(inputs, [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
      ]),
    ).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(
      encoded(inputs, [
        new Map([
          [
            'image',
            [
              [1, 2],
              [3, 4],
            ],
          ],
        ]),
      ]),
    ).toEqual([1, 2, 3, 4])
  })

  it.each([
    [
      'a text for a number',
      flower,
      [
        [1, 'red', 2],
        ['long', 'red', 2],
      ],
      'Row 2: "length" must be a number, got "long".',
    ],
    ['an unknown category', flower, [[1, 'green', 2]], 'Row 1: "colour" has no category "green".'],
    ['too few values', flower, [[1, 'red']], 'Row 1 has 2 values; the model takes 3: length, colour, width.'],
    ['a column that is not there', flower, [new Map([['length', 1]])], 'Row 1 has no value for "colour".'],
    [
      'too few pixels',
      [input([image])],
      [[1, 2, 3]],
      'Row 1: "image" must be 4 pixels from 0 to 255 (1 × 2 × 2), got 3 values.',
    ],
    [
      'a pixel that is too bright',
      [input([image])],
      [[1, 2, 3, 256]],
      'Row 1: "image" must be 4 pixels from 0 to 255 (1 × 2 × 2), got 4 values.',
    ],
  ])('are refused with %s', (_what, inputs, rows, message) => {
    expect(encoded(inputs, rows)).toMatchObject({ code: 'predict.input', message })
  })
})
