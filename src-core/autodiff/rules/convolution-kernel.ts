import { elementCount, type TensorValue } from '../../tensor-graph/types.ts'
import type { Arithmetic } from '../arithmetic.ts'
import { type ConvolutionGeometry, unreached, windowAttributes } from './convolution-geometry.ts'

/** ∂loss/∂W of Y = Conv(X, W), from X [N, C, …] and dY [N, M, …]; the result is [M, C / group, …kernel]. */
export function kernelGradient(
  arithmetic: Arithmetic,
  geometry: ConvolutionGeometry,
  input: TensorValue,
  gradient: TensorValue,
): TensorValue {
  return bySwappedConvolution(arithmetic, geometry, input, gradient)
}

/**
 * A convolution in which images take the place of channels: X as [C, N, …] with dY as a kernel [M, N, …];
 * strides and dilations change places.
 */
function bySwappedConvolution(
  arithmetic: Arithmetic,
  { group, window }: ConvolutionGeometry,
  input: TensorValue,
  gradient: TensorValue,
): TensorValue {
  const { builder } = arithmetic
  const [batch = 1, channels = 1, ...inputSizes] = input.shape
  const [, filters = 1, ...outputSizes] = gradient.shape
  const kernelSizes = window.map((axis) => axis.kernel)
  const positions = kernelSizes.map((_, axis) => axis + 3)
  const grouped = arithmetic.reshape(input, [batch, group, channels / group, ...inputSizes])
  const images = arithmetic.reshape(arithmetic.transpose(grouped, [2, 1, 0, ...positions]), [
    channels / group,
    group * batch,
    ...inputSizes,
  ])
  const filter = arithmetic.transpose(gradient, [1, 0, ...outputSizes.map((_, axis) => axis + 2)])
  const swapped = {
    group,
    window: window.map((axis) => ({
      ...axis,
      kernel: axis.output,
      stride: axis.dilation,
      dilation: axis.stride,
      padEnd: Math.max(0, axis.padEnd - unreached(axis)),
    })),
  }
  const whole = builder.apply('Conv', [images, filter], windowAttributes(swapped))
  const cut = [channels / group, filters, ...kernelSizes]
  const exact =
    elementCount(whole.shape) === elementCount(cut)
      ? whole
      : builder.apply('Slice', [whole, builder.integers(cut.map(() => 0)), builder.integers(cut)])
  return arithmetic.transpose(exact, [1, 0, ...kernelSizes.map((_, axis) => axis + 2)])
}
