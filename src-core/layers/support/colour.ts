import { sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import type { LayerContext, ShapedLayerContext, ShapeRefusal } from '../define-layer.ts'
import { boolean, real } from '../parameter-fields.ts'
import { refuseReversed } from './augmentation.ts'
import { onlyShape } from './context.ts'
import { requireImage } from './refusals.ts'

/** Rec. 601 luma, as PIL, torchvision and tf.image.rgb_to_grayscale weigh red, green and blue. */
const lumaWeights = [0.2989, 0.587, 0.114] as const

/** The range of values that pictures have where they reach the layer. */
export const valueRangeFields = {
  minimum: real({
    label: 'Darkest value',
    description: 'The smallest value of a pixel: 0 unless inputs are normalised by mean and deviation.',
    default: 0,
    min: -1000,
    max: 1000,
    step: 0.1,
    advanced: true,
  }),
  maximum: real({
    label: 'Brightest value',
    description: 'The largest value of a pixel: 1 where bytes are divided by 255.',
    default: 1,
    min: -1000,
    max: 1000,
    step: 0.1,
    advanced: true,
  }),
} as const

export const clipField = boolean({
  label: 'Clip',
  description: 'Whether results stay between the darkest and the brightest value.',
  default: true,
  advanced: true,
})

export interface ValueRange {
  readonly minimum: number
  readonly maximum: number
}

export function refuseReversedRange({ minimum, maximum }: ValueRange): ShapeRefusal | undefined {
  return refuseReversed('minimum', 'darkest value', minimum, maximum)
}

/** Keeps values in the range, where that is wanted. */
export function clipped(
  builder: GraphBuilder,
  x: TensorValue,
  { clip, minimum, maximum }: ValueRange & { readonly clip: boolean },
): TensorValue {
  if (!clip) return x
  return builder.apply('Clip', [x, builder.scalar(minimum), builder.scalar(maximum)])
}

/** Refuses everything but images of red, green and blue. */
export function requireColours(shape: Shape): ShapeRefusal | undefined {
  const refusal = requireImage(shape)
  if (refusal || sizeAt(shape, 0) === 3) return refusal
  return {
    code: 'shape.mismatch',
    expected: 'expects an image of 3 channels (red, green, blue)',
    hint: 'Put it right behind the input, or leave it out: an image of another number of channels has no colours.',
  }
}

/** Colour images keep their shape; everything else is refused. */
export function inferSameColours(context: LayerContext<unknown>): Shape | ShapeRefusal {
  const image = onlyShape(context)
  return requireColours(image) ?? image
}

/** Brightness of colour pictures [batch, 3, height, width]: [batch, 1, height, width]. */
export function luma(builder: GraphBuilder, x: TensorValue): TensorValue {
  const kernel = builder.constant('float32', [1, 3, 1, 1], Float32Array.from(lumaWeights), 'luma')
  return builder.apply('Conv', [x, kernel], { kernel_shape: [1, 1] })
}

/** Three products and two sums for each pixel, and what is done with each value afterwards. */
export function lumaFlops(context: ShapedLayerContext<unknown>, perValue: number): number {
  const pixels = elementCount(onlyShape(context)) / 3
  return 5 * pixels + perValue * elementCount(context.output)
}
