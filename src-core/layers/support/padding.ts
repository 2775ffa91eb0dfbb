import { sizeAt } from '../../shapes/axes.ts'
import type { Shape } from '../../tensor-graph/types.ts'
import { defineLayer, type ShapeRefusal } from '../define-layer.ts'
import { type Border, borderFields, borderOf, withBorder } from './border.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { singleInput, singleOutput } from './ports.ts'
import { channelsOf, type LayerTexts, placesOf, requireSpace, type Space, shapeOf } from './space.ts'

/** What a border is filled with, in ONNX's words: zeros, the mirror image, or the outermost points. */
type PaddingMode = 'constant' | 'reflect' | 'edge'

const filling: Readonly<Record<PaddingMode, string>> = {
  constant: 'of zeros',
  reflect: 'that mirror the inside',
  edge: 'that repeat the outermost ones',
}

/** A mirror image has no more points than there are beyond the outermost one. */
function mirrorRefusal(space: Space, places: Shape, border: Border): ShapeRefusal | undefined {
  const least = places.map((_, axis) => 1 + Math.max(sizeAt(border.before, axis), sizeAt(border.after, axis)))
  if (places.every((size, axis) => size >= sizeAt(least, axis))) return undefined
  return {
    code: 'shape.tooSmall',
    expected: `expects ${space.one} of at least ${least.join(' × ')}${least.length === 1 ? ' steps' : ''} to mirror its border`,
    hint: 'Make the border narrower than the side that it mirrors.',
  }
}

/** Puts a border around a sequence, an image or a volume. */
export function paddingLayer(space: Space, mode: PaddingMode, texts: LayerTexts) {
  const fields = borderFields(space, { parameter: 'padding', what: filling[mode] })
  return defineLayer({
    ...texts,
    category: 'Shape',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: fields,
    inferShape: ({ inputs, parameters }) => {
      const shape = onlyShape({ inputs })
      const border = borderOf(fields, parameters)
      const refusal =
        requireSpace(space, shape) ??
        (mode === 'reflect' ? mirrorRefusal(space, placesOf(space, shape), border) : undefined)
      if (refusal) return refusal
      return shapeOf(space, channelsOf(space, shape), withBorder(placesOf(space, shape), border, 1))
    },
    weights: () => [],
    flops: () => 0,
    lower: ({ builder, inputs, parameters }) => {
      const { before, after } = borderOf(fields, parameters)
      // ONNX counts pads as the beginnings of all axes, then the ends; batch and channels stay as they are.
      const pads = [0, ...shapeOf(space, 0, before), 0, ...shapeOf(space, 0, after)]
      return builder.apply(
        'Pad',
        [onlyTensor({ inputs }), builder.integers(pads)],
        mode === 'constant' ? {} : { mode },
      )
    },
  })
}
