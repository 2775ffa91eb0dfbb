import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { affine, chooseChanged, drawOne, inferSameImage, probabilityField } from './support/augmentation.ts'
import { refuseReversedRange, valueRangeFields } from './support/colour.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const randomInvertLayer = defineLayer({
  kind: 'randomInvert',
  label: 'RandomInvert',
  category: 'Augmentation',
  description: 'While training, turns random images into their negatives. Does nothing when predicting.',
  formula: 'y = darkest + brightest − x where random < probability, else x',
  reference: 'Keras 3: keras.layers.RandomInvert; torchvision: RandomInvert',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    probability: probabilityField({ default: 0.5, what: 'become negatives' }),
    ...valueRangeFields,
  },
  inferShape: (context) => refuseReversedRange(context.parameters) ?? inferSameImage(context),
  weights: () => [],
  flops: ({ output }) => 3 * elementCount(output),
  lower: (context) => {
    const { builder, parameters, training } = context
    const { probability, minimum, maximum } = parameters
    const x = onlyTensor(context)
    if (!training || probability === 0) return x
    const negative = affine(builder, x, -1, minimum + maximum)
    return chooseChanged(builder, drawOne(context), probability, negative, x)
  },
})
