import { sizeAt } from '../../shapes/axes.ts'
import { kernelExtent, type PaddingMode, paddingModes, slideWindow } from '../../shapes/window.ts'
import type { Attributes, Shape } from '../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../define-layer.ts'
import { choice } from '../parameter-fields.ts'
import { requireImage } from './refusals.ts'

export const paddingField = choice({
  label: 'Padding',
  description:
    'valid: the window stays inside the image. same: the image is padded so that only the strides shrink it; an odd row or column goes to the bottom and right, as in TensorFlow.',
  default: 'valid',
  choices: paddingModes,
})

/** A window that slides over the last two axes of an image. */
export interface ImageWindow {
  /** What people call it: "kernel", "pooling window". */
  readonly what: string
  readonly kernel: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly dilation: readonly [number, number]
  readonly padding: PaddingMode
}

function slide(image: Shape, window: ImageWindow) {
  const along = (axis: 0 | 1) =>
    slideWindow(sizeAt(image, axis + 1), {
      kernel: window.kernel[axis],
      stride: window.strides[axis],
      dilation: window.dilation[axis],
      padding: window.padding,
    })
  return [along(0), along(1)] as const
}

/** Height and width after the window, or why it cannot slide over this shape. */
export function windowedSize(image: Shape, window: ImageWindow): readonly [number, number] | ShapeRefusal {
  const refusal = requireImage(image)
  if (refusal) return refusal
  const [vertical, horizontal] = slide(image, window)
  if (vertical.output >= 1 && horizontal.output >= 1) return [vertical.output, horizontal.output]
  const height = kernelExtent(window.kernel[0], window.dilation[0])
  const width = kernelExtent(window.kernel[1], window.dilation[1])
  const dilated = height !== window.kernel[0] || width !== window.kernel[1]
  return {
    code: 'shape.tooSmall',
    expected: `expects an image of at least ${height} × ${width} for its ${window.kernel.join(' × ')} ${window.what}${dilated ? ' with gaps' : ''}`,
    hint: `Make the ${window.what} smaller, shrink the image less before it, or pad it with padding "same".`,
    remedy: 'setSamePadding',
  }
}

/** Attributes that Conv and the pooling operators share. ONNX counts pads as all beginnings, then all ends. */
export function windowAttributes(image: Shape, window: ImageWindow): Attributes {
  const [vertical, horizontal] = slide(image, window)
  return {
    kernel_shape: window.kernel,
    strides: window.strides,
    pads: [vertical.padBefore, horizontal.padBefore, vertical.padAfter, horizontal.padAfter],
  }
}
