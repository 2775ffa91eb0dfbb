/** `valid`: no padding. `same`: as TensorFlow pads, so that the output has ceil(size / stride) positions. */
export const paddingModes = ['valid', 'same'] as const
export type PaddingMode = (typeof paddingModes)[number]

/** `causal`: all padding goes before the first element, so that no position looks ahead. */
export const sequencePaddingModes = [...paddingModes, 'causal'] as const
export type SequencePaddingMode = (typeof sequencePaddingModes)[number]

export interface WindowOptions {
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  readonly padding: SequencePaddingMode
}

export interface SlidingWindow {
  /** Positions of the window. Below 1 the window does not fit. */
  readonly output: number
  readonly padBefore: number
  readonly padAfter: number
}

/** Elements from the first to the last one that a dilated kernel touches. */
export function kernelExtent(kernel: number, dilation: number): number {
  return (kernel - 1) * dilation + 1
}

/**
 * Slides a window along one axis of `size` elements. With `same` padding an odd element goes to the end, as in
 * TensorFlow and Keras (PyTorch's `padding='same'` puts it at the end too, but refuses strides above 1).
 * Source: TensorFlow, "Notes on padding" of tf.nn.
 */
export function slideWindow(size: number, options: WindowOptions): SlidingWindow {
  const { kernel, stride, dilation, padding } = options
  const extent = kernelExtent(kernel, dilation)
  if (padding === 'valid') {
    return { output: Math.floor((size - extent) / stride) + 1, padBefore: 0, padAfter: 0 }
  }
  const output = Math.ceil(size / stride)
  if (padding === 'causal') return { output, padBefore: extent - 1, padAfter: 0 }
  const total = Math.max((output - 1) * stride + extent - size, 0)
  const padBefore = Math.floor(total / 2)
  return { output, padBefore, padAfter: total - padBefore }
}
