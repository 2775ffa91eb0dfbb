import { elementCount, type Shape } from '../tensor-graph/types.ts'
import type { LayerView, Planes } from './layer-view.ts'
import { bin, type PlaneLimits, planesOf, type ValueScale } from './planes.ts'

/** More values than this are no longer told apart as bars. */
export const mostBars = 64
export const histogramBins = 32
const largestShown = 10

/** What of a value goes to the window when it is looked at, and when it is a thumbnail on a node. */
export const viewLimits: PlaneLimits = { side: 160, planes: 64 }
export const thumbnailLimits: PlaneLimits = { side: 40, planes: 9 }

/** A layer's values for one sample, or for several draws of it. */
export interface LayerValues {
  /** Without the batch axis. */
  readonly shape: Shape
  /** One per draw, row-major. */
  readonly draws: readonly Float32Array[]
  /** Whether channels are those of a picture. */
  readonly isPicture: boolean
  /** 1 where a step counts, 0 where it is padding. */
  readonly mask?: Float32Array
}

/** Reduces values to what can be shown; draws share one scale, so that they can be compared. */
export function reduceValues(values: LayerValues, limits: PlaneLimits = viewLimits): LayerView[] {
  const scale = scaleOf(values)
  return values.draws.map((draw) => reduceDraw(draw, values, scale, limits))
}

/** A picture of the first draw, small enough for a node; a list of values becomes a strip. */
export function thumbnailOf(values: LayerValues): Planes | null {
  const [draw] = values.draws
  if (!draw || draw.length === 0) return null
  const { shape, isPicture } = values
  const scale = scaleOf({ ...values, draws: [draw] })
  const planes = planesOf(draw, shape, isPicture, scale, thumbnailLimits)
  return planes ?? planesOf(draw, [1, draw.length], false, scale, thumbnailLimits)
}

/** From black to white: 0 to 1 for pictures that keep to it, else the smallest to the largest value. */
function scaleOf({ draws, isPicture }: LayerValues): ValueScale {
  const ranges = draws.map(statisticsOf)
  const minimum = ranges.reduce((least, range) => Math.min(least, range.minimum), Number.POSITIVE_INFINITY)
  const maximum = ranges.reduce((most, range) => Math.max(most, range.maximum), Number.NEGATIVE_INFINITY)
  return isPicture && minimum >= 0 && maximum <= 1 ? { minimum: 0, maximum: 1 } : { minimum, maximum }
}

function reduceDraw(
  draw: Float32Array,
  { shape, isPicture, mask }: LayerValues,
  scale: ValueScale,
  limits: PlaneLimits,
): LayerView {
  if (draw.length !== elementCount(shape)) {
    throw new Error(`a value of shape [${shape.join(', ')}] has ${draw.length} elements`)
  }
  const statistics = statisticsOf(draw)
  const planes = planesOf(draw, shape, isPicture, scale, limits)
  return {
    shape,
    statistics,
    histogram: histogramOf(draw, statistics),
    largest: largestOf(draw, shape),
    planes,
    values:
      planes === null && draw.length <= mostBars
        ? Array.from(draw, (value) => (Number.isFinite(value) ? value : null))
        : null,
    mask:
      mask === undefined ? null : maskView(mask, planes?.kind === 'heatMap' ? planes.height : mask.length),
  }
}

function statisticsOf(values: Float32Array): LayerView['statistics'] {
  let minimum = Number.POSITIVE_INFINITY
  let maximum = Number.NEGATIVE_INFINITY
  let count = 0
  let sum = 0
  let zeros = 0
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    count += 1
    sum += value
    if (value === 0) zeros += 1
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
  }
  const notFinite = values.length - count
  if (count === 0) return { minimum: 0, maximum: 0, mean: 0, standardDeviation: 0, zeros: 0, notFinite }
  const mean = sum / count
  let squares = 0
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2
  const standardDeviation = Math.sqrt(squares / count)
  return { minimum, maximum, mean, standardDeviation, zeros: zeros / values.length, notFinite }
}

function histogramOf(values: Float32Array, { minimum, maximum }: ValueScale): number[] {
  const counts = new Array<number>(histogramBins).fill(0)
  const width = (maximum - minimum) / histogramBins
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    const index = width > 0 ? Math.min(histogramBins - 1, Math.floor((value - minimum) / width)) : 0
    counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}

function largestOf(values: Float32Array, shape: Shape): LayerView['largest'] {
  const found: { index: number; value: number }[] = []
  for (const [index, value] of values.entries()) {
    const least = found.at(-1)
    if (!Number.isFinite(value)) continue
    if (found.length === largestShown && least && value <= least.value) continue
    const at = found.findIndex((other) => other.value < value)
    found.splice(at < 0 ? found.length : at, 0, { index, value })
    if (found.length > largestShown) found.pop()
  }
  return found.map(({ index, value }) => ({ place: placeOf(index, shape), value }))
}

/** The place of a row-major index along every axis. */
function placeOf(index: number, shape: Shape): number[] {
  const place: number[] = []
  let rest = index
  for (const size of shape.toReversed()) {
    place.unshift(rest % size)
    rest = Math.floor(rest / size)
  }
  return place
}

function maskView(mask: Float32Array, rows: number): NonNullable<LayerView['mask']> {
  const shown = Uint8Array.from({ length: rows }, (_, row) => {
    const [first, end] = bin(row, mask.length, rows)
    return mask.subarray(first, end).some((step) => step > 0) ? 1 : 0
  })
  return { counting: mask.filter((step) => step > 0).length, steps: mask.length, rows: shown }
}
