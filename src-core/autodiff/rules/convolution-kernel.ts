import { elementCount, type TensorValue } from '../../tensor-graph/types.ts'
import type { Arithmetic } from '../arithmetic.ts'
import { type ConvolutionGeometry, unreached, windowAttributes } from './convolution-geometry.ts'

/**
 * ∂loss/∂W of Y = Conv(X, W), from X [N, C, …] and dY [N, M, …]; the result is [M, C / group, …kernel].
 * What was measured: docs/decisions/gradient-formulations.md.
 */
export function kernelGradient(
  arithmetic: Arithmetic,
  geometry: ConvolutionGeometry,
  input: TensorValue,
  gradient: TensorValue,
): TensorValue {
  const pointwise = geometry.window.every(
    (axis) => axis.kernel === 1 && axis.stride === 1 && axis.padBegin === 0 && axis.padEnd === 0,
  )
  return pointwise
    ? byProducts(arithmetic, geometry, input, gradient)
    : byInterleavedConvolution(arithmetic, geometry, input, gradient)
}

/** A kernel of one element: dY · Xᵀ for every image, summed over the images. */
function byProducts(
  arithmetic: Arithmetic,
  { group, window }: ConvolutionGeometry,
  input: TensorValue,
  gradient: TensorValue,
): TensorValue {
  const { builder } = arithmetic
  const [batch = 1, channels = 1] = input.shape
  const [, filters = 1, ...outputSizes] = gradient.shape
  const positions = elementCount(outputSizes)
  const left = arithmetic.reshape(gradient, [batch, group, filters / group, positions])
  const right = arithmetic.reshape(input, [batch, group, channels / group, positions])
  const products = builder.apply('MatMul', [left, arithmetic.transpose(right, [0, 1, 3, 2])])
  return arithmetic.reshape(arithmetic.sum(products, [0], false), [
    filters,
    channels / group,
    ...window.map(() => 1),
  ])
}

/**
 * A convolution in which images take the place of channels, dY that of the kernel, and X's channels lie interleaved
 * along its last axis (channels last): its rows then are copied in runs of kernel width × channels instead of kernel
 * width, which makes this 2 to 4 times faster than with X as [C, N, …]. Strides and dilations change places; along
 * the interleaved axis distances are multiplied by the number of channels.
 */
function byInterleavedConvolution(
  arithmetic: Arithmetic,
  geometry: ConvolutionGeometry,
  input: TensorValue,
  gradient: TensorValue,
): TensorValue {
  const { builder } = arithmetic
  const { group, window } = geometry
  const [batch = 1, channels = 1] = input.shape
  const [, filters = 1, ...outputSizes] = gradient.shape
  const width = channels / group
  // Every image a group of its own saves transposing dY, and costs a sum over as many small results as images.
  const separate = elementCount(window.map((axis) => axis.kernel)) * width <= 2 * elementCount(outputSizes)
  const filter = separate
    ? arithmetic.reshape(gradient, [batch * filters, 1, ...outputSizes])
    : arithmetic.transpose(gradient, [1, 0, ...outputSizes.map((_, axis) => axis + 2)])
  const last = window.length - 1
  const interleaved = window.map((axis, index) => ({
    ...axis,
    stride: index === last ? 1 : axis.dilation,
    dilation: index === last ? axis.stride * width : axis.stride,
    padBegin: index === last ? axis.padBegin * width : axis.padBegin,
    padEnd: Math.max(0, axis.padEnd - unreached(axis)) * (index === last ? width : 1),
  }))
  const result = builder.apply(
    'Conv',
    [interleave(arithmetic, geometry, input, separate), filter],
    windowAttributes({ group: separate ? batch * group : group, window: interleaved }),
  )
  const sizes = result.shape.slice(2).map((size, axis) => (axis === last ? size / width : size))
  const perImage = [separate ? batch : 1, filters * elementCount(sizes) * width]
  const total = separate ? arithmetic.sum(arithmetic.reshape(result, perImage), [0], false) : result
  const found = arithmetic.reshape(total, [filters, ...sizes, width])
  const order = [0, found.shape.length - 1, ...sizes.map((_, axis) => axis + 1)]
  return arithmetic.transpose(reachable(arithmetic, geometry, found), order)
}

/** X with channels last, read as one image [1, images · groups, …, width · channels]. */
function interleave(
  arithmetic: Arithmetic,
  { group }: ConvolutionGeometry,
  input: TensorValue,
  imageFirst: boolean,
): TensorValue {
  const [batch = 1, channels = 1, ...sizes] = input.shape
  const width = channels / group
  const grouped = arithmetic.reshape(input, [batch, group, width, ...sizes])
  const spatial = sizes.map((_, axis) => axis + 3)
  const ordered = arithmetic.transpose(grouped, imageFirst ? [0, 1, ...spatial, 2] : [1, 0, ...spatial, 2])
  const outer = sizes.slice(0, -1)
  return arithmetic.reshape(ordered, [1, batch * group, ...outer, (sizes.at(-1) ?? 1) * width])
}

/** Leaves out positions that are no kernel element: between dilated elements, and beyond the end. */
function reachable(arithmetic: Arithmetic, { window }: ConvolutionGeometry, found: TensorValue): TensorValue {
  const { builder } = arithmetic
  const steps = window.map((axis, index) => (index === window.length - 1 ? axis.dilation : 1))
  const ends = window.map((axis, index) => (axis.kernel - 1) * (steps[index] ?? 1) + 1)
  if (ends.every((end, axis) => end === found.shape[axis + 1]) && steps.every((step) => step === 1))
    return found
  return builder.apply('Slice', [
    found,
    builder.integers(ends.map(() => 0)),
    builder.integers(ends),
    builder.integers(ends.map((_, axis) => axis + 1)),
    builder.integers(steps),
  ])
}
