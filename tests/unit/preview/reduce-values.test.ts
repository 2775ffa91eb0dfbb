import { describe, expect, it } from 'vitest'
import { type LayerValues, reduceValues, thumbnailOf } from '../../../src-core/preview/reduce-values.ts'

const values = (shape: readonly number[], data: readonly number[], more: Partial<LayerValues> = {}) => ({
  shape,
  draws: [Float32Array.from(data)],
  isPicture: false,
  ...more,
})

function view(given: LayerValues, limits?: { side: number; planes: number }) {
  const [first] = reduceValues(given, limits)
  if (!first) throw new Error('nothing to see')
  return first
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('what is shown of a value', () => {
  it('are all numbers of a short list, with mean and deviation', () => {
    const { values: bars, planes, statistics } = view(values([4], [1, 2, 3, 6]))
    expect([bars, planes]).toEqual([[1, 2, 3, 6], null])
    expect(statistics).toMatchObject({ minimum: 1, maximum: 6, mean: 3, zeros: 0, notFinite: 0 })
    expect(statistics.standardDeviation).toBeCloseTo(Math.sqrt(14 / 4), 6)
  })

  it('is the distribution of a long list, and its largest values with their places', () => {
    const shown = view(values([8, 40], upTo(320)))
    expect([shown.values, shown.largest[0], shown.largest.length]).toEqual([
      null,
      { place: [7, 39], value: 319 },
      10,
    ])
    expect(shown.largest.map(({ value }) => value)).toEqual(upTo(10).map((index) => 319 - index))
    expect(shown.histogram).toEqual(new Array(32).fill(10))
  })

  it('is one plane per channel of feature maps, as many as there is room for, on one scale', () => {
    const { planes } = view(
      values(
        [3, 2, 2],
        upTo(12).map((value) => value / 11),
      ),
      { side: 8, planes: 2 },
    )
    expect(planes).toMatchObject({ kind: 'featureMaps', count: 2, total: 3, height: 2, width: 2 })
    expect(Array.from(planes?.pixels ?? [])).toEqual(
      upTo(8).map((value) => Math.round((255 * Math.fround(value / 11)) / 1)),
    )
  })

  it('is averaged over areas where there are more values than pixels', () => {
    const { planes } = view(values([2, 4], [0, 2, 10, 10, 4, 6, 10, 10]), { side: 2, planes: 1 })
    expect(planes).toMatchObject({ kind: 'heatMap', height: 2, width: 2, minimum: 0, maximum: 10 })
    expect(Array.from(planes?.pixels ?? [])).toEqual([1, 10, 5, 10].map((mean) => Math.round(25.5 * mean)))
  })

  it('is a picture where channels are colours, black at 0 and white at 1', () => {
    const shown = view(values([3, 1, 1], [0.2, 0.4, 0.6], { isPicture: true }))
    expect(shown.planes).toMatchObject({ kind: 'picture', channels: 3, minimum: 0, maximum: 1 })
    expect(Array.from(shown.planes?.pixels ?? [])).toEqual([51, 102, 153])
  })

  it('is the middle slice of a volume', () => {
    const { planes } = view(values([2, 3, 1, 2], upTo(12)))
    expect(planes).toMatchObject({ total: 2, slice: { number: 2, of: 3 }, minimum: 0, maximum: 11 })
    expect(Array.from(planes?.pixels ?? [])).toEqual([2, 3, 8, 9].map((at) => Math.round((255 * at) / 11)))
  })

  it('tells numbers that are none apart, and shows the others', () => {
    const shown = view(values([4], [Number.NaN, Number.POSITIVE_INFINITY, 2, 0]))
    expect(shown.statistics).toMatchObject({ minimum: 0, maximum: 2, mean: 1, zeros: 0.25, notFinite: 2 })
    expect([shown.values, shown.largest.length]).toEqual([[null, null, 2, 0], 2])
  })

  it('draws several values on one scale, so that they can be compared', () => {
    const draws = [Float32Array.of(0, 4, 0, 0), Float32Array.of(8, 8, 8, 8)]
    const pixels = reduceValues({ shape: [1, 2, 2], draws, isPicture: false }).map(({ planes }) => [
      ...(planes?.pixels ?? []),
    ])
    expect(pixels).toEqual([
      [0, 128, 0, 0],
      [255, 255, 255, 255],
    ])
  })

  it('says which steps are padding, row by row of the heat map', () => {
    const mask = Float32Array.of(1, 1, 0, 0)
    const shown = view(values([4, 2], upTo(8), { mask }), { side: 2, planes: 1 })
    expect(shown.mask).toEqual({ counting: 2, steps: 4, rows: Uint8Array.of(1, 0) })
  })

  it('is small on a node: a strip for a list', () => {
    expect(thumbnailOf(values([100], upTo(100)))).toMatchObject({ kind: 'heatMap', height: 1, width: 40 })
    expect(thumbnailOf(values([20, 90, 60], new Array(108_000).fill(1)))).toMatchObject({
      kind: 'featureMaps',
      count: 9,
      height: 40,
      width: 27,
    })
  })
})
