import { kernelExtent } from '../../tensor-graph/operators/window.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import type { Arithmetic } from '../arithmetic.ts'
import { type ConvolutionGeometry, spatial, unreached, windowAttributes } from './convolution-geometry.ts'

/** ∂loss/∂X of Y = Conv(X, W), from dY: by the cheaper of two formulations (docs/decisions/gradient-formulations.md). */
export function inputGradient(
  arithmetic: Arithmetic,
  geometry: ConvolutionGeometry,
  gradient: TensorValue,
  kernel: TensorValue,
  shape: Shape,
): TensorValue {
  return flippable(geometry) && flippingPays(geometry, gradient.shape, shape)
    ? byFlippedKernel(arithmetic, geometry, gradient, kernel)
    : byTransposition(arithmetic, geometry, gradient, kernel)
}

/** The flipped form needs stride 1 and pads that stay below the kernel's extent. */
function flippable({ window }: ConvolutionGeometry): boolean {
  return window.every(
    (axis) => axis.stride === 1 && axis.padBegin < kernelExtent(axis) && axis.padEnd < kernelExtent(axis),
  )
}

/**
 * The flipped form unfolds dY over the input's positions, ConvTranspose folds columns of X's channels over the
 * output's positions; folding was measured to cost about 1.5 times as much per element. One-element kernels need neither.
 */
function flippingPays({ window }: ConvolutionGeometry, gradient: Shape, input: Shape): boolean {
  if (window.every((axis) => axis.kernel === 1)) return true
  const [, filters = 1, ...outputSizes] = gradient
  const [, channels = 1, ...inputSizes] = input
  return filters * elementCount(inputSizes) <= 1.5 * channels * elementCount(outputSizes)
}

function byTransposition(
  arithmetic: Arithmetic,
  geometry: ConvolutionGeometry,
  gradient: TensorValue,
  kernel: TensorValue,
): TensorValue {
  return arithmetic.builder.apply('ConvTranspose', [gradient, kernel], {
    ...windowAttributes(geometry),
    ...spatial('output_padding', geometry.window.map(unreached), 0),
  })
}

/** A plain convolution of dY with the kernel turned by 180° and input and output channels swapped. */
function byFlippedKernel(
  arithmetic: Arithmetic,
  geometry: ConvolutionGeometry,
  gradient: TensorValue,
  kernel: TensorValue,
): TensorValue {
  const { group, window } = geometry
  const { builder } = arithmetic
  const [filters = 1, channels = 1, ...sizes] = kernel.shape
  const axes = sizes.map((_, axis) => axis + 2)
  const flipped = sizes.every((size) => size === 1)
    ? kernel
    : builder.apply('Slice', [
        kernel,
        builder.integers(axes.map(() => -1)),
        builder.integers(axes.map(() => -(2 ** 31))),
        builder.integers(axes),
        builder.integers(axes.map(() => -1)),
      ])
  const grouped = arithmetic.reshape(flipped, [group, filters / group, channels, ...sizes])
  const swapped = arithmetic.transpose(grouped, [0, 2, 1, ...axes.map((axis) => axis + 1)])
  const mirrored = arithmetic.reshape(swapped, [group * channels, filters / group, ...sizes])
  return builder.apply(
    'Conv',
    [gradient, mirrored],
    windowAttributes({
      group,
      window: window.map((axis) => ({
        ...axis,
        padBegin: kernelExtent(axis) - 1 - axis.padBegin,
        padEnd: kernelExtent(axis) - 1 - axis.padEnd,
      })),
    }),
  )
}
