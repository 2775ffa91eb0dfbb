import { sizeAt } from '../shapes/axes.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { between, drawOne, inferSameImage, perPicture } from './support/augmentation.ts'
import { clipField, clipped, refuseReversedRange, valueRangeFields } from './support/colour.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

/** What a pixel differs from the mean of its surroundings, in which it counts five times: identity − [1 1 1; 1 5 1; 1 1 1] / 13. */
const detail = Float32Array.from([1, 1, 1, 1, -8, 1, 1, 1, 1], (value) => -value / 13)

export const randomSharpnessLayer = defineLayer({
  kind: 'randomSharpness',
  label: 'RandomSharpness',
  category: 'Augmentation',
  description:
    'While training, sharpens each image or smooths it by a random factor. Does nothing when predicting.',
  formula:
    'y = clip(smooth + s · (x − smooth)), s uniform in 1 ± factor, smooth = x ∗ [1 1 1; 1 5 1; 1 1 1] / 13; the outermost pixels stay',
  reference:
    'PIL: ImageEnhance.Sharpness; torchvision: adjust_sharpness; Keras 3: keras.layers.RandomSharpness',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    factor: real({
      label: 'Factor',
      essential: true,
      description: 'The largest change: at 1, from smoothed to twice as sharp.',
      default: 0.5,
      min: 0,
      max: 10,
      step: 0.1,
    }),
    clip: clipField,
    ...valueRangeFields,
  },
  inferShape: (context) => refuseReversedRange(context.parameters) ?? inferSameImage(context),
  weights: () => [],
  flops: ({ output, parameters }) => (parameters.clip ? 22 : 20) * elementCount(output),
  lower: (context) => {
    const { builder, parameters, training } = context
    const x = onlyTensor(context)
    if (!training || parameters.factor === 0) return x
    // An image without a pixel inside has nothing to sharpen.
    if (sizeAt(x.shape, 2) < 3 || sizeAt(x.shape, 3) < 3) return clipped(builder, x, parameters)
    const change = perPicture(
      builder,
      between(builder, drawOne(context), -parameters.factor, parameters.factor),
    )
    const sharpened = builder.apply('Add', [x, builder.apply('Mul', [details(builder, x), change])])
    return clipped(builder, sharpened, parameters)
  },
})

/** x − smooth, zero at the outermost pixels. */
function details(builder: GraphBuilder, x: TensorValue): TensorValue {
  const channels = sizeAt(x.shape, 1)
  const kernel = new Float32Array(9 * channels)
  for (let channel = 0; channel < channels; channel++) kernel.set(detail, 9 * channel)
  const inner = builder.apply(
    'Conv',
    [x, builder.constant('float32', [channels, 1, 3, 3], kernel, 'detail')],
    {
      kernel_shape: [3, 3],
      group: channels,
    },
  )
  return builder.apply('Pad', [inner, builder.integers([0, 0, 1, 1, 0, 0, 1, 1])])
}
