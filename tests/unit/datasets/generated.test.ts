import { describe, expect, it } from 'vitest'
import { friedman, noisyLine, noisyWave } from '../../../src-main/datasets/generated/curves.ts'
import { Draws } from '../../../src-main/datasets/generated/draws.ts'
import { generatedSource } from '../../../src-main/datasets/generated/generated-source.ts'
import type { GeneratedTable } from '../../../src-main/datasets/generated/generated-table.ts'
import { clouds, exclusiveOr, spirals } from '../../../src-main/datasets/generated/points.ts'
import { sentenceLength, wordCount, wordOrder } from '../../../src-main/datasets/generated/sequences.ts'
import { colouredShapes, shapeMasks } from '../../../src-main/datasets/generated/shapes.ts'
import { digitStrips, stripDigits } from '../../../src-main/datasets/generated/strips.ts'
import { homes, twoSensors } from '../../../src-main/datasets/generated/tables.ts'

const tables: readonly (readonly [string, () => GeneratedTable, string])[] = [
  ['line', noisyLine, 'y'],
  ['wave', noisyWave, 'y'],
  ['friedman', friedman, 'y'],
  ['spirals', spirals, 'class'],
  ['xor', exclusiveOr, 'class'],
  ['clouds', clouds, 'class'],
  ['homes', homes, 'price'],
  ['two sensors', twoSensors, 'reading'],
  ['word order', wordOrder, 'order'],
  ['coloured shapes', colouredShapes, 'shape'],
  ['shape masks', shapeMasks, 'mask'],
  ['digit strips', digitStrips, 'label 1'],
]

function column(table: GeneratedTable, name: string): number[] {
  const found = table.columns.find((each) => each.name === name)
  if (!found) throw new Error(`there is no column ${name}`)
  return Array.from(found.values)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe.each(tables)('the made-up table %s', (name, make, target) => {
  it('is the same every time', () => {
    const [one, other] = [make(), make()]
    expect(one.columns.map((each) => each.name)).toEqual(other.columns.map((each) => each.name))
    for (const [index, { values }] of one.columns.entries()) {
      const again = other.columns[index]?.values ?? new Uint8Array()
      expect(Buffer.from(values.buffer).equals(Buffer.from(again.buffer))).toBe(true)
    }
  })

  it('has a value for every row of every column, all finite, and its target', async () => {
    const source = generatedSource(name, '', target, make())
    let rows = 0
    const read = await source.read((chunk) => {
      rows += (chunk.at(-1)?.length ?? 0) / (source.columns.at(-1)?.shape.reduce((a, b) => a * b, 1) ?? 1)
      for (const values of chunk) expect(values.every((value) => Number.isFinite(value))).toBe(true)
    })
    expect(read.ok && read.value.rows).toBe(rows)
    expect(source.columns.map((spec) => spec.name)).toContain(target)
    for (const { statistics } of source.columns) expect(statistics.missing).toBe(0)
  })
})

describe('what the made-up tables hold', () => {
  it.each(['class', 'order', 'shape'])('classes are balanced: %s', (target) => {
    for (const [name, make, own] of tables) {
      if (own !== target || name === 'xor') continue
      const source = generatedSource(name, '', own, make())
      const counts = source.columns.find((spec) => spec.name === own)?.statistics.counts ?? []
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    }
  })

  it('the line has slope 2 and meets the axis at −1 (least squares)', () => {
    const [x, y] = [column(noisyLine(), 'x'), column(noisyLine(), 'y')]
    const [mx, my] = [mean(x), mean(y)]
    const slope =
      x.reduce((sum, value, row) => sum + (value - mx) * ((y[row] ?? 0) - my), 0) /
      x.reduce((sum, value) => sum + (value - mx) ** 2, 0)
    expect(slope).toBeCloseTo(2, 1)
    expect(my - slope * mx).toBeCloseTo(-1, 1)
  })

  it('exclusive or is told by the signs', () => {
    const table = exclusiveOr()
    const [x, y, label] = ['x', 'y', 'class'].map((name) => column(table, name))
    expect(label?.every((value, row) => value === ((x?.[row] ?? 0) * (y?.[row] ?? 0) < 0 ? 1 : 0))).toBe(true)
  })

  it('rows of words hold 1 and 2 once, in the order that the class says, and stay in the vocabulary', () => {
    const table = wordOrder()
    const labels = column(table, 'order')
    const words = Array.from({ length: sentenceLength }, (_, at) => column(table, `word ${at + 1}`))
    for (const [row, label] of labels.entries()) {
      const sentence = words.map((values) => values[row] ?? -1)
      expect(sentence.filter((word) => word === 1)).toHaveLength(1)
      expect(sentence.filter((word) => word === 2)).toHaveLength(1)
      expect(sentence.indexOf(1) < sentence.indexOf(2)).toBe(label === 0)
      expect(Math.max(...sentence)).toBeLessThan(wordCount)
    }
  })

  it('masks are black and white and show circles of a fitting size', () => {
    const mask = column(shapeMasks(), 'mask')
    expect(new Set(mask)).toEqual(new Set([0, 255]))
    const share = mean(mask) / 255
    expect(share).toBeGreaterThan(0.05)
    expect(share).toBeLessThan(0.4)
  })

  it('colours tell nothing about the shape: mean brightness is nearly the same for all of them', () => {
    const table = colouredShapes()
    const [pixels, labels] = [column(table, 'image'), column(table, 'shape')]
    const size = 3 * 32 * 32
    const sums = Array.from({ length: 10 }, () => ({ sum: 0, rows: 0 }))
    for (const [row, label] of labels.entries()) {
      const own = sums[label]
      if (!own) continue
      own.sum += mean(pixels.slice(row * size, (row + 1) * size))
      own.rows += 1
    }
    const means = sums.map(({ sum, rows }) => sum / rows)
    expect(Math.max(...means) - Math.min(...means)).toBeLessThan(12)
  })

  it('strips read as one to five labels of ten, equal ones beside each other among them, with 0 behind', () => {
    const table = digitStrips()
    const labels = Array.from({ length: stripDigits }, (_, at) => column(table, `label ${at + 1}`))
    const strips = Array.from({ length: table.rows }, (_, row) => labels.map((values) => values[row] ?? -1))
    expect(new Set(strips.flat())).toEqual(new Set(Array.from({ length: 11 }, (_, label) => label)))
    const lengths = strips.map((strip) => strip.filter((label) => label > 0).length)
    expect(new Set(lengths)).toEqual(new Set([1, 2, 3, 4, 5]))
    for (const [row, strip] of strips.entries()) {
      expect(strip.slice(lengths[row]).every((label) => label === 0)).toBe(true)
    }
    expect(strips.some((strip) => strip.some((label, at) => label > 0 && label === strip[at + 1]))).toBe(true)
  })

  it('strips have more ink the more digits they have', () => {
    const table = digitStrips()
    const [pixels, size] = [column(table, 'strip'), 16 * 64]
    const share = Array.from({ length: table.rows }, (_, row) => {
      const strip = pixels.slice(row * size, (row + 1) * size)
      return strip.filter((value) => value > 115).length / size
    })
    const counts = Array.from({ length: table.rows }, (_, row) =>
      Array.from({ length: stripDigits }, (_, at) => column(table, `label ${at + 1}`)[row] ?? 0),
    ).map((strip) => strip.filter((label) => label > 0).length)
    const inkOf = (count: number) => mean(share.filter((_, row) => counts[row] === count))
    for (let count = 1; count < stripDigits; count++)
      expect(inkOf(count + 1)).toBeGreaterThan(inkOf(count) + 0.01)
  })

  it('normal numbers have mean 0 and deviation 1', () => {
    const draws = new Draws(9, 'test')
    const values = Array.from({ length: 20_000 }, () => draws.normal())
    expect(mean(values)).toBeCloseTo(0, 1)
    expect(Math.sqrt(mean(values.map((value) => value ** 2)))).toBeCloseTo(1, 1)
  })
})
