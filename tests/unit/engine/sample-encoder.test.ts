import { describe, expect, it } from 'vitest'
import type { ColumnSpec } from '../../../src-core/datasets/dataset-spec.ts'
import { ColumnStore } from '../../../src-main/engine/process/column-store.ts'
import {
  ClassIndexWriter,
  FeatureWriter,
  TargetWriter,
} from '../../../src-main/engine/process/sample-encoder.ts'
import { categoryColumn, imageColumn, numberColumn } from '../workspace/support/columns.ts'

const width = numberColumn('width')
const colour = categoryColumn('colour', ['red', 'green', 'blue'])
const answer = categoryColumn('answer', ['no', 'yes'])
const picture = imageColumn('picture', [1, 1, 2])

const data = new Map<string, Float32Array | Int32Array | Uint8Array>([
  ['width', Float32Array.of(1.5, Number.NaN)],
  ['colour', Int32Array.of(2, -1)],
  ['answer', Int32Array.of(1, 0)],
  ['picture', Uint8Array.of(0, 255, 51, 102)],
])

function columns(...specs: readonly ColumnSpec[]) {
  const read = ({ name }: ColumnSpec) => data.get(name) ?? new Float32Array()
  const store = new ColumnStore(specs, 2, read, Number.POSITIVE_INFINITY)
  return specs.map(({ name }) => store.column(name))
}

const plain = { offset: 0, scale: 1, fill: 0 }

describe('FeatureWriter', () => {
  it('lays columns one after the other, a category as one value per category', () => {
    const writer = new FeatureWriter(columns(width, colour, picture), plain)
    const batch = new Float32Array(writer.size)
    writer.write(0, batch, 0)
    expect([...batch]).toEqual([1.5, 0, 0, 1, 0, 255])
  })

  it('puts the fill where a number is missing, and no category where that is missing', () => {
    const fill = Float32Array.of(0.25, 0, 0, 0)
    const writer = new FeatureWriter(columns(width, colour), { ...plain, fill })
    const batch = new Float32Array(2 * writer.size).fill(9)
    writer.write(1, batch, writer.size)
    expect([...batch.subarray(writer.size)]).toEqual([0.25, 0, 0, 0])
    expect([...batch.subarray(0, writer.size)]).toEqual([9, 9, 9, 9])
  })
})

describe('targets', () => {
  it('are the index of the class', () => {
    const [column] = columns(colour)
    if (!column) throw new Error('no column')
    const batch = new Int32Array(2)
    new ClassIndexWriter(column).write(0, batch, 1)
    expect([...batch]).toEqual([0, 2])
  })

  it.each([
    ['one value per category', [colour], 3, [0, 0, 1]],
    ['0 or 1 where the output is one value', [answer], 1, [1]],
    ['numbers as they are', [width, answer], 2, [1.5, 1]],
  ])('are %s', (_what, specs, size, expected) => {
    const batch = new Float32Array(size)
    new TargetWriter(columns(...specs), size, 1).write(0, batch, 0)
    expect([...batch]).toEqual(expected)
  })

  it('are pixels on the scale of normalised inputs', () => {
    const batch = new Float32Array(2)
    new TargetWriter(columns(picture), 2, 1 / 255).write(1, batch, 0)
    expect([...batch]).toEqual([Math.fround(51 / 255), Math.fround(102 / 255)])
  })

  it('must have as many values as the output', () => {
    expect(() => new TargetWriter(columns(colour), 7, 1)).toThrow('meet an output of 7')
  })
})
