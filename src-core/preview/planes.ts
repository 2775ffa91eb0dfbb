import { elementCount, type Shape } from '../tensor-graph/types.ts'
import type { Planes } from './layer-view.ts'

/** How much of a value is shown at most. */
export interface PlaneLimits {
  /** Pixels along one side; what is larger is averaged over equal areas. */
  readonly side: number
  readonly planes: number
}

/** Values that the darkest and the brightest byte stand for. */
export interface ValueScale {
  readonly minimum: number
  readonly maximum: number
}

/** How the values of a shape are laid out as planes; `undefined` for lists. */
interface PlaneLayout extends Pick<Planes, 'kind' | 'channels' | 'total' | 'slice'> {
  readonly height: number
  readonly width: number
  /** Where a plane's values begin. */
  offset(plane: number): number
}

function layoutOf(shape: Shape, isPicture: boolean): PlaneLayout | undefined {
  const [first = 1, second = 1, third = 1, fourth = 1] = shape
  if (shape.length === 2) {
    const kind = isPicture ? 'picture' : 'heatMap'
    return { kind, channels: 1, total: 1, height: first, width: second, offset: () => 0 }
  }
  if (shape.length === 3 && isPicture && (first === 1 || first === 3)) {
    const offset = (channel: number) => channel * second * third
    return { kind: 'picture', channels: first, total: 1, height: second, width: third, offset }
  }
  if (shape.length === 3) {
    const offset = (plane: number) => plane * second * third
    return { kind: 'featureMaps', channels: 1, total: first, height: second, width: third, offset }
  }
  if (shape.length === 4) {
    const middle = Math.floor(second / 2)
    const offset = (plane: number) => (plane * second + middle) * third * fourth
    const slice = { number: middle + 1, of: second }
    return { kind: 'featureMaps', channels: 1, total: first, height: third, width: fourth, offset, slice }
  }
  return undefined
}

/**
 * The values of one sample (row-major, of this shape) as planes. A matrix is one plane, [channels, height, width] one per
 * channel or one picture, [channels, depth, height, width] the middle slice of each channel. `null` for any other shape.
 */
export function planesOf(
  values: Float32Array,
  shape: Shape,
  isPicture: boolean,
  scale: ValueScale,
  limits: PlaneLimits,
): Planes | null {
  const layout = layoutOf(shape, isPicture)
  if (!layout || elementCount(shape) === 0) return null
  const { kind, channels, total, slice } = layout
  const count = Math.min(total, limits.planes)
  const { height, width } = shownSize(layout, limits.side)
  const pixels = new Uint8Array(count * channels * height * width)
  for (let plane = 0; plane < count * channels; plane++) {
    const from = layout.offset(plane)
    const source = values.subarray(from, from + layout.height * layout.width)
    writePlane(source, layout, pixels, plane * height * width, { height, width }, scale)
  }
  return { kind, channels, height, width, count, total, ...scale, pixels, ...(slice && { slice }) }
}

/** Pictures and maps keep their proportions, a matrix fills the room it has. */
function shownSize({ kind, height, width }: PlaneLayout, side: number): { height: number; width: number } {
  if (kind === 'heatMap') return { height: Math.min(height, side), width: Math.min(width, side) }
  const share = Math.min(1, side / Math.max(height, width))
  return { height: Math.max(1, Math.round(height * share)), width: Math.max(1, Math.round(width * share)) }
}

interface Size {
  readonly height: number
  readonly width: number
}

function writePlane(
  source: Float32Array,
  from: Size,
  pixels: Uint8Array,
  at: number,
  to: Size,
  scale: ValueScale,
): void {
  for (let row = 0; row < to.height; row++) {
    const [top, bottom] = bin(row, from.height, to.height)
    for (let column = 0; column < to.width; column++) {
      const [left, right] = bin(column, from.width, to.width)
      let sum = 0
      let count = 0
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const value = source[y * from.width + x] ?? Number.NaN
          if (!Number.isFinite(value)) continue
          sum += value
          count += 1
        }
      }
      pixels[at + row * to.width + column] = count === 0 ? 0 : toByte(sum / count, scale)
    }
  }
}

/** Which of `from` places fall together into place `index` of `to`. */
export function bin(index: number, from: number, to: number): [first: number, end: number] {
  const first = Math.floor((index * from) / to)
  return [first, Math.max(first + 1, Math.floor(((index + 1) * from) / to))]
}

function toByte(value: number, { minimum, maximum }: ValueScale): number {
  if (maximum <= minimum) return 0
  return Math.max(0, Math.min(255, Math.round((255 * (value - minimum)) / (maximum - minimum))))
}
