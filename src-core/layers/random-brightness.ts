import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { between, drawOne, inferSameImage, perPicture } from './support/augmentation.ts'
import { clipField, clipped, refuseReversedRange, valueRangeFields } from './support/colour.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const randomBrightnessLayer = defineLayer({
  kind: 'randomBrightness',
  label: 'RandomBrightness',
  category: 'Augmentation',
  description:
    'While training, makes each image brighter or darker by a random amount. Does nothing when predicting.',
  formula: 'y = clip(x + d · (brightest − darkest)), d uniform in ± factor',
  reference: 'Keras 3: keras.layers.RandomBrightness',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    factor: real({
      label: 'Factor',
      essential: true,
      description: 'The largest change, as a share of the range from the darkest to the brightest value.',
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
  flops: ({ output, parameters }) => (parameters.clip ? 3 : 1) * elementCount(output),
  lower: (context) => {
    const { builder, parameters, training } = context
    const x = onlyTensor(context)
    if (!training || parameters.factor === 0) return x
    const largest = parameters.factor * (parameters.maximum - parameters.minimum)
    const change = between(builder, drawOne(context), -largest, largest)
    return clipped(builder, builder.apply('Add', [x, perPicture(builder, change)]), parameters)
  },
})
