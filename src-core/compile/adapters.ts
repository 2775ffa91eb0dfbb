import type { LayerNode } from '../document/model-document.ts'
import { sizeAt } from '../shapes/axes.ts'
import { formatShape } from '../shapes/format-shape.ts'
import { elementCount, type Shape } from '../tensor-graph/types.ts'

/** A layer that could be inserted in a wire. */
export interface Adapter {
  readonly kind: string
  readonly parameters: LayerNode['parameters']
  /** What it is called on a button, e.g. "Reshape to 1 × 28 × 28". */
  readonly label: string
}

/** `doubt`: 0 for what is usually done, more for what is rarer. */
export interface RankedAdapter extends Adapter {
  readonly doubt: number
}

/** Layers that bring the values of one shape onto other axes: to a list, to an image, to a sequence. */
export function adaptersOf(shape: Shape): readonly Adapter[] {
  const [first = 1, ...rest] = shape
  if (shape.length === 1) return [...squareImages(first).map(reshapeTo), reshapeTo([first, 1])]
  const pooling = ['globalAveragePooling1d', 'globalAveragePooling2d', 'globalAveragePooling3d'][
    shape.length - 2
  ]
  return [
    { kind: 'flatten', parameters: {}, label: 'Flatten' },
    ...(pooling ? [plain(pooling)] : []),
    // A matrix is an image of one channel; an image of one channel is a sequence of its rows.
    ...(shape.length === 2 ? [reshapeTo([1, ...shape])] : []),
    ...(shape.length === 3 && first === 1 ? [reshapeTo(rest)] : []),
  ]
}

function plain(kind: string): Adapter {
  return { kind, parameters: {}, label: `${kind.charAt(0).toUpperCase()}${kind.slice(1, -1)}D` }
}

function reshapeTo(shape: Shape): Adapter {
  return {
    kind: 'reshape',
    parameters: { targetShape: [...shape] },
    label: `Reshape to ${formatShape(shape)}`,
  }
}

/** Square images of one channel or of three with so many values. */
function squareImages(values: number): Shape[] {
  return [1, 3].flatMap((channels): Shape[] => {
    const side = Math.sqrt(values / channels)
    return Number.isInteger(side) && side > 1 ? [[channels, side, side]] : []
  })
}

/** Layers that make one shape of another, e.g. so that the two can be added. */
export function adaptersBetween(from: Shape, to: Shape): readonly RankedAdapter[] {
  if (from.length !== to.length) {
    const reshape = elementCount(from) === elementCount(to) ? [{ ...reshapeTo(to), doubt: 0 }] : []
    return to.length === 1 ? [{ ...(adaptersOf(from)[0] ?? reshapeTo(to)), doubt: 0 }, ...reshape] : reshape
  }
  if (from.length <= 2) return [denseTo(sizeAt(to, -1))]
  return from.length === 3 ? imageAdapters(from, to) : []
}

function denseTo(units: number): RankedAdapter {
  return { kind: 'dense', parameters: { units }, label: `Dense with ${units} units`, doubt: 0 }
}

function imageAdapters(from: Shape, to: Shape): RankedAdapter[] {
  const places: [number, number][] = [
    [sizeAt(from, 1), sizeAt(to, 1)],
    [sizeAt(from, 2), sizeAt(to, 2)],
  ]
  return [...projections(sizeAt(to, 0), places), ...enlargements(places), ...cuts(places), ...borders(places)]
}

/** A 1 × 1 convolution, as on the shortcuts of ResNet; its strides shrink the image where that is needed. */
function projections(filters: number, places: readonly [number, number][]): RankedAdapter[] {
  const strides = places.map(([from, to]) => Math.max(1, Math.round(from / to)))
  if (places.some(([from, to], axis) => Math.ceil(from / (strides[axis] ?? 1)) !== to)) return []
  const isStrided = strides.some((stride) => stride > 1)
  return [
    {
      kind: 'conv2d',
      parameters: {
        filters,
        kernelSize: [1, 1],
        ...(isStrided && { strides, padding: 'same' }),
      },
      label: `Conv2D 1 × 1 with ${filters} filters${isStrided ? ` and strides ${strides.join(' × ')}` : ''}`,
      doubt: isStrided ? 1 : 0,
    },
  ]
}

function enlargements(places: readonly [number, number][]): RankedAdapter[] {
  const size = places.map(([from, to]) => to / from)
  if (size.some((factor) => !Number.isInteger(factor)) || size.every((factor) => factor === 1)) return []
  return [
    { kind: 'upSampling2d', parameters: { size }, label: `UpSampling2D by ${size.join(' × ')}`, doubt: 0 },
  ]
}

/** Cuts evenly, an odd row or column at the end. */
function cuts(places: readonly [number, number][]): RankedAdapter[] {
  if (places.some(([from, to]) => from < to) || places.every(([from, to]) => from === to)) return []
  const [vertical, horizontal] = places.map(([from, to]) => halves(from - to))
  if (!vertical || !horizontal) return []
  const sizes = places.map(([, to]) => to).join(' × ')
  return [
    { kind: 'cropping2d', parameters: { vertical, horizontal }, label: `Cropping2D to ${sizes}`, doubt: 2 },
  ]
}

function borders(places: readonly [number, number][]): RankedAdapter[] {
  if (places.some(([from, to]) => from > to) || places.every(([from, to]) => from === to)) return []
  const [vertical, horizontal] = places.map(([from, to]) => halves(to - from))
  if (!vertical || !horizontal) return []
  const sizes = places.map(([, to]) => to).join(' × ')
  return [
    {
      kind: 'zeroPadding2d',
      parameters: { vertical, horizontal },
      label: `ZeroPadding2D to ${sizes}`,
      doubt: 3,
    },
  ]
}

function halves(total: number): [number, number] {
  return [Math.floor(total / 2), Math.ceil(total / 2)]
}
