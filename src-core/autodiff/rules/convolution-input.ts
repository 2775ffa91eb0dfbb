import { kernelExtent } from '../../tensor-graph/operators/window.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import type { Arithmetic } from '../arithmetic.ts'
import { type ConvolutionGeometry, spatial, unreached, windowAttributes } from './convolution-geometry.ts'

/** ∂loss/∂X of Y = Conv(X, W), from dY: by ConvTranspose. */
export function inputGradient(
  arithmetic: Arithmetic,
  geometry: ConvolutionGeometry,
  gradient: TensorValue,
  kernel: TensorValue,
  shape: Shape,
): TensorValue {
  return flippable(geometry, kernel.shape, shape)
    ? byFlippedKernel(arithmetic, geometry, gradient, kernel)
    : byTransposition(arithmetic, geometry, gradient, kernel)
}

/** The flipped form needs stride 1 and pads that stay below the kernel's extent; it wins where both sides are wide. */
function flippable({ window }: ConvolutionGeometry, kernel: Shape, _shape: Shape): boolean {
  if (!window.every((axis) => axis.stride === 1)) return false
  if (!window.every((axis) => axis.padBegin < kernelExtent(axis) && axis.padEnd < kernelExtent(axis)))
    return false
  return (kernel[1] ?? 0) >= 16
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
