import { kernelExtent, type PaddingMode } from './window.ts'

export interface TransposedWindowOptions {
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  readonly padding: PaddingMode
  /** Elements added at the end; absent, the output has stride · size elements (`same`) or all that are reached. */
  readonly outputPadding?: number
}

export interface TransposedWindow {
  /** Elements of the larger side. Below 1 nothing is left. */
  readonly output: number
  /** Elements cut off what the windows reach. */
  readonly cutBefore: number
  readonly cutAfter: number
  /** Elements added at the end of what the windows reach. */
  readonly added: number
}

/**
 * The larger side of a convolution along one axis whose smaller side has `size` elements. Sizes as
 * keras.backend.compute_conv_transpose_output_length has them; what is cut is split as tf.nn.conv_transpose does, an odd
 * element at the end.
 */
export function transposeWindow(size: number, options: TransposedWindowOptions): TransposedWindow {
  const { kernel, stride, dilation, padding, outputPadding } = options
  const extent = kernelExtent(kernel, dilation)
  const reached = (size - 1) * stride + extent
  const output = transposedSize()
  const cut = Math.max(0, reached - output)
  const cutBefore = Math.floor(cut / 2)
  return { output, cutBefore, cutAfter: cut - cutBefore, added: Math.max(0, output - reached) }

  function transposedSize(): number {
    if (outputPadding === undefined) {
      return padding === 'same' ? size * stride : size * stride + Math.max(0, extent - stride)
    }
    return padding === 'same' ? reached - 2 * Math.floor(extent / 2) + outputPadding : reached + outputPadding
  }
}
