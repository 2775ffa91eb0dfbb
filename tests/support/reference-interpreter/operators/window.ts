import type { Attributes, Shape } from '../../../../src-core/tensor-graph/types.ts'
import {
  at,
  build,
  count,
  indices,
  list,
  number,
  type ReferenceFamily,
  type ReferenceOperator,
  type ReferenceTensor,
  ravel,
  required,
  text,
} from '../tensor.ts'

interface Geometry {
  readonly kernel: Shape
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly begins: readonly number[]
  readonly ends: readonly number[]
  readonly output: Shape
}

function geometry(spatial: Shape, kernel: Shape, attributes: Attributes): Geometry {
  const rank = spatial.length
  const strides = list(attributes, 'strides') ?? spatial.map(() => 1)
  const dilations = list(attributes, 'dilations') ?? spatial.map(() => 1)
  const extent = kernel.map((size, axis) => (size - 1) * (dilations[axis] ?? 1) + 1)
  const autoPad = text(attributes, 'auto_pad', 'NOTSET')
  let pads = list(attributes, 'pads') ?? new Array<number>(2 * rank).fill(0)
  if (autoPad.startsWith('SAME')) {
    const totals = spatial.map((size, axis) => {
      const stride = strides[axis] ?? 1
      return Math.max((Math.ceil(size / stride) - 1) * stride + (extent[axis] ?? 1) - size, 0)
    })
    const less = totals.map((total) => Math.floor(total / 2))
    const more = totals.map((total) => Math.ceil(total / 2))
    pads = autoPad === 'SAME_UPPER' ? [...less, ...more] : [...more, ...less]
  }
  const begins = pads.slice(0, rank)
  const ends = pads.slice(rank)
  const output = spatial.map((size, axis) => {
    const stride = strides[axis] ?? 1
    const room = (size + (begins[axis] ?? 0) + (ends[axis] ?? 0) - (extent[axis] ?? 1)) / stride
    if (!number(attributes, 'ceil_mode', 0)) return Math.floor(room) + 1
    const sizeUp = Math.ceil(room) + 1
    return (sizeUp - 1) * stride >= size + (begins[axis] ?? 0) ? sizeUp - 1 : sizeUp
  })
  return { kernel, strides, dilations, begins, ends, output }
}

/** Where element `offset` of the window at `place` lies in the input, which may be in the pads. */
function position(shape: Geometry, place: readonly number[], offset: readonly number[]): number[] {
  return place.map(
    (at, axis) =>
      at * (shape.strides[axis] ?? 1) +
      (offset[axis] ?? 0) * (shape.dilations[axis] ?? 1) -
      (shape.begins[axis] ?? 0),
  )
}

function inside(place: readonly number[], spatial: Shape): boolean {
  return place.every((value, axis) => value >= 0 && value < (spatial[axis] ?? 0))
}

const convolution: ReferenceOperator = (inputs, attributes) => {
  const [x, weights] = [required(inputs, 0), required(inputs, 1)]
  const bias = inputs[2]
  const spatial = x.shape.slice(2)
  const window = geometry(spatial, weights.shape.slice(2), attributes)
  const [filters = 1, channels = 1] = weights.shape
  const filtersPerGroup = filters / number(attributes, 'group', 1)
  const offsets = [...indices(window.kernel)]
  const [inputPlane, kernelPlane] = [count(spatial), count(window.kernel)]
  const seen = Array.from(indices(window.output), (place) =>
    offsets.flatMap((offset, offsetIndex) => {
      const source = position(window, place, offset)
      return inside(source, spatial) ? [{ inPlane: ravel(source, spatial), offsetIndex }] : []
    }),
  )
  const shape = [x.shape[0] ?? 1, filters, ...window.output]
  const data = Float64Array.from({ length: count(shape) }, (_, flat) => {
    const plane = Math.floor(flat / seen.length)
    const [image, filter] = [Math.floor(plane / filters), plane % filters]
    const firstPlane = image * (x.shape[1] ?? 1) + Math.floor(filter / filtersPerGroup) * channels
    let total = bias ? at(bias, [filter]) : 0
    for (const { inPlane, offsetIndex } of seen[flat % seen.length] ?? []) {
      for (let channel = 0; channel < channels; channel++) {
        total +=
          (x.data[(firstPlane + channel) * inputPlane + inPlane] ?? Number.NaN) *
          (weights.data[(filter * channels + channel) * kernelPlane + offsetIndex] ?? Number.NaN)
      }
    }
    return total
  })
  return [{ dtype: x.dtype, shape, data }]
}

/** Every input element adds its multiple of the kernel to the output; pads cut the output's border off. */
const transposedConvolution: ReferenceOperator = (inputs, attributes) => {
  const [x, weights] = [required(inputs, 0), required(inputs, 1)]
  const bias = inputs[2]
  const spatial = x.shape.slice(2)
  const kernel = weights.shape.slice(2)
  const window = geometry(spatial, kernel, { ...attributes, auto_pad: 'VALID' })
  const begins = list(attributes, 'pads')?.slice(0, kernel.length) ?? kernel.map(() => 0)
  const ends = list(attributes, 'pads')?.slice(kernel.length) ?? kernel.map(() => 0)
  const extra = list(attributes, 'output_padding') ?? kernel.map(() => 0)
  const outputSpatial = spatial.map(
    (size, axis) =>
      (window.strides[axis] ?? 1) * (size - 1) +
      (extra[axis] ?? 0) +
      ((kernel[axis] ?? 1) - 1) * (window.dilations[axis] ?? 1) +
      1 -
      (begins[axis] ?? 0) -
      (ends[axis] ?? 0),
  )
  const group = number(attributes, 'group', 1)
  const [images = 1, channels = 1] = x.shape
  const perGroup = weights.shape[1] ?? 1
  const shape = [images, perGroup * group, ...outputSpatial]
  const data = new Float64Array(count(shape))
  const offsets = [...indices(kernel)]
  const [outputPlane, kernelPlane] = [count(outputSpatial), count(kernel)]
  for (const [flat, [image = 0, channel = 0, ...place]] of [...indices(x.shape)].entries()) {
    const value = x.data[flat] ?? Number.NaN
    const firstFilter = Math.floor(channel / (channels / group)) * perGroup
    for (const [offsetIndex, offset] of offsets.entries()) {
      const target = position({ ...window, begins }, place, offset)
      if (!inside(target, outputSpatial)) continue
      const inPlane = ravel(target, outputSpatial)
      for (let filter = 0; filter < perGroup; filter++) {
        const sum = (image * perGroup * group + firstFilter + filter) * outputPlane + inPlane
        const factor = weights.data[(channel * perGroup + filter) * kernelPlane + offsetIndex] ?? Number.NaN
        data[sum] = (data[sum] ?? 0) + value * factor
      }
    }
  }
  if (bias)
    for (const [flat, index] of [...indices(shape)].entries())
      data[flat] = (data[flat] ?? 0) + at(bias, [index[1] ?? 0])
  return [{ dtype: x.dtype, shape, data }]
}

const maxPool: ReferenceOperator = (inputs, attributes, outputCount) => {
  const x = required(inputs, 0)
  const spatial = x.shape.slice(2)
  const window = geometry(spatial, list(attributes, 'kernel_shape') ?? [], attributes)
  const shape = [...x.shape.slice(0, 2), ...window.output]
  const best = build('int64', shape, ([image = 0, channel = 0, ...place]) => {
    let chosen = -1
    for (const offset of indices(window.kernel)) {
      const source = position(window, place, offset)
      if (!inside(source, spatial)) continue
      const flat = ravel([image, channel, ...source], x.shape)
      if (chosen < 0 || (x.data[flat] ?? 0) > (x.data[chosen] ?? 0)) chosen = flat
    }
    return chosen
  })
  const values = { dtype: x.dtype, shape, data: best.data.map((flat) => x.data[flat] ?? 0) }
  return [values, best].slice(0, outputCount)
}

/** With count_include_pad the pads count as zeros, but not what ceil_mode adds beyond them. */
const averagePool: ReferenceOperator = (inputs, attributes) => {
  const x = required(inputs, 0)
  const spatial = x.shape.slice(2)
  const window = geometry(spatial, list(attributes, 'kernel_shape') ?? [], attributes)
  const includePads = number(attributes, 'count_include_pad', 0) === 1
  return [
    build(x.dtype, [...x.shape.slice(0, 2), ...window.output], ([image = 0, channel = 0, ...place]) => {
      let total = 0
      let counted = 0
      for (const offset of indices(window.kernel)) {
        const source = position(window, place, offset)
        const isInside = inside(source, spatial)
        const inPads = source.every(
          (value, axis) =>
            value >= -(window.begins[axis] ?? 0) && value < (spatial[axis] ?? 0) + (window.ends[axis] ?? 0),
        )
        if (isInside) total += at(x, [image, channel, ...source])
        if (isInside || (includePads && inPads)) counted++
      }
      return total / counted
    }),
  ]
}

function global(fold: (values: readonly number[]) => number): ReferenceOperator {
  return (inputs) => {
    const x = required(inputs, 0)
    const spatial = x.shape.slice(2)
    return [
      build(x.dtype, [...x.shape.slice(0, 2), ...spatial.map(() => 1)], (index) =>
        fold(Array.from(indices(spatial), (place) => at(x, [...index.slice(0, 2), ...place]))),
      ),
    ]
  }
}

const maxUnpool: ReferenceOperator = (inputs) => {
  const [x, places, size] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)]
  const shape: ReferenceTensor['shape'] = Array.from(size.data)
  const data = new Float64Array(count(shape))
  for (const [flat, value] of x.data.entries()) data[places.data[flat] ?? 0] = value
  return [{ dtype: x.dtype, shape, data }]
}

export const windowReference: ReferenceFamily = {
  Conv: convolution,
  ConvTranspose: transposedConvolution,
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: global((values) => values.reduce((a, b) => a + b, 0) / values.length),
  GlobalMaxPool: global((values) => Math.max(...values)),
  MaxUnpool: maxUnpool,
}
