import { sizeAt } from '../../shapes/axes.ts'
import {
  kernelExtent,
  paddingModes,
  type SequencePaddingMode,
  sequencePaddingModes,
  slideWindow,
} from '../../shapes/window.ts'
import type { Attributes, Shape } from '../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../define-layer.ts'
import { choice } from '../parameter-fields.ts'
import { placesOf, requireSpace, type Space } from './space.ts'

const odd: Readonly<Record<string, string>> = {
  sequence: 'an odd step goes to the end',
  image: 'an odd row or column goes to the bottom and right',
  volume: 'an odd plane goes to the back, bottom and right',
}

function paddingDescription(space: Space): string {
  const { name } = space
  return `valid: the window stays inside the ${name}. same: the ${name} is padded so that only the strides shrink it; ${odd[name]}, as in TensorFlow.`
}

/** The `padding` parameter of windows. */
export function paddingField(space: Space) {
  return choice({
    label: 'Padding',
    description: paddingDescription(space),
    default: 'valid',
    choices: paddingModes,
  })
}

/** The same for convolutions, which may be causal along sequences. */
export function convolutionPaddingField(space: Space) {
  return choice<SequencePaddingMode>({
    label: 'Padding',
    description:
      space.axes.length === 1
        ? `${paddingDescription(space)} causal: all padding goes before the first step, so that no result looks ahead.`
        : paddingDescription(space),
    default: 'valid',
    choices: space.axes.length === 1 ? sequencePaddingModes : paddingModes,
  })
}

/** A window that slides over the places of a space. Every list has a number for each axis. */
export interface SpatialWindow {
  /** What people call it: "kernel", "pooling window". */
  readonly what: string
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly dilation: readonly number[]
  readonly padding: SequencePaddingMode
}

function slide(places: Shape, window: SpatialWindow) {
  return places.map((size, axis) =>
    slideWindow(size, {
      kernel: sizeAt(window.kernel, axis),
      stride: sizeAt(window.strides, axis),
      dilation: sizeAt(window.dilation, axis),
      padding: window.padding,
    }),
  )
}

/** Places after the window, or why it cannot slide over this shape. */
export function windowedPlaces(space: Space, shape: Shape, window: SpatialWindow): Shape | ShapeRefusal {
  const refusal = requireSpace(space, shape)
  if (refusal) return refusal
  const places = slide(placesOf(space, shape), window).map(({ output }) => output)
  if (places.every((size) => size >= 1)) return places
  const extents = window.kernel.map((size, axis) => kernelExtent(size, sizeAt(window.dilation, axis)))
  const dilated = extents.some((extent, axis) => extent !== window.kernel[axis])
  const isSequence = extents.length === 1
  const least = `${extents.join(' × ')}${isSequence ? ' steps' : ''}`
  const size = window.kernel.join(' × ')
  const what = isSequence ? `${window.what} of ${size}` : `${size} ${window.what}`
  return {
    code: 'shape.tooSmall',
    expected: `expects ${space.one} of at least ${least} for its ${what}${dilated ? ' with gaps' : ''}`,
    hint: `Make the ${window.what} smaller, shrink the ${space.name} less before it, or pad it with padding "same".`,
    remedy: 'setSamePadding',
  }
}

/** Attributes that Conv and the pooling operators share. ONNX counts pads as all beginnings, then all ends. */
export function windowAttributes(places: Shape, window: SpatialWindow): Attributes {
  const slides = slide(places, window)
  return {
    kernel_shape: window.kernel,
    strides: window.strides,
    pads: [...slides.map(({ padBefore }) => padBefore), ...slides.map(({ padAfter }) => padAfter)],
  }
}

/** Whether a window leaves every step of a sequence where it is, so that a padding mask still fits. */
export function keepsSteps(space: Space, window: SpatialWindow): boolean {
  return (
    space.axes.length === 1 && window.padding !== 'valid' && window.strides.every((stride) => stride === 1)
  )
}
