import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { between, drawOne, inferSameImage, perPicture } from './support/augmentation.ts'
import { clipField, clipped, refuseReversedRange, valueRangeFields } from './support/colour.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const randomContrastLayer = defineLayer({
  kind: 'randomContrast',
  label: 'RandomContrast',
  category: 'Augmentation',
  description:
    'While training, strengthens or weakens the contrast of each image by a random factor. Does nothing when predicting.',
  formula: 'y = clip(mean + c · (x − mean)), c uniform in 1 ± factor, mean of each channel of the image',
  reference: 'Keras 3: keras.layers.RandomContrast; tf.image.adjust_contrast',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    factor: real({
      label: 'Factor',
      essential: true,
      description: 'The largest change of the contrast: 0.2 stands for 0.8 to 1.2 times as much.',
      default: 0.2,
      min: 0,
      max: 1,
      step: 0.05,
    }),
    clip: clipField,
    ...valueRangeFields,
  },
  inferShape: (context) => refuseReversedRange(context.parameters) ?? inferSameImage(context),
  weights: () => [],
  // A sum for the mean, a difference, a product and a sum, and two comparisons.
  flops: ({ output, parameters }) => (parameters.clip ? 6 : 4) * elementCount(output),
  lower: (context) => {
    const { builder, parameters, training } = context
    const x = onlyTensor(context)
    const { factor } = parameters
    if (!training || factor === 0) return x
    const contrast = perPicture(builder, between(builder, drawOne(context), 1 - factor, 1 + factor))
    const mean = builder.apply('ReduceMean', [x, builder.integers([2, 3])], { keepdims: 1 })
    const changed = builder.apply('Mul', [builder.apply('Sub', [x, mean]), contrast])
    return clipped(builder, builder.apply('Add', [changed, mean]), parameters)
  },
})
