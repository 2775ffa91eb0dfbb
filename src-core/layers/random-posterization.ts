import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
import { affine, chooseChanged, drawOne, inferSameImage, probabilityField } from './support/augmentation.ts'
import { refuseReversedRange, valueRangeFields } from './support/colour.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

/** Values just below a step count as on it: a byte that was scaled and scaled back is seldom whole. */
const rounding = 1e-3

export const randomPosterizationLayer = defineLayer({
  kind: 'randomPosterization',
  label: 'RandomPosterization',
  category: 'Augmentation',
  description:
    'While training, leaves random images only a few levels of brightness, by keeping the upper bits of each byte. Does nothing when predicting.',
  formula:
    'y = 2ᵏ · ⌊v / 2ᵏ⌋ for the byte v of each value and k = 8 − bits, where random < probability, else x',
  reference: 'torchvision: RandomPosterize; Keras 3: keras.layers.RandomPosterization',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    bits: integer({
      label: 'Bits',
      essential: true,
      description: 'How many bits are kept: 3 leave 8 levels.',
      default: 4,
      min: 1,
      max: 8,
    }),
    probability: probabilityField({ default: 0.5, what: 'lose levels' }),
    ...valueRangeFields,
  },
  inferShape: (context) => refuseReversedRange(context.parameters) ?? inferSameImage(context),
  weights: () => [],
  flops: ({ output }) => 6 * elementCount(output),
  lower: (context) => {
    const { builder, parameters, training } = context
    const { bits, probability, minimum, maximum } = parameters
    const x = onlyTensor(context)
    if (!training || probability === 0 || maximum === minimum) return x
    const perLevel = (2 ** (8 - bits) * (maximum - minimum)) / 255
    const levels = affine(builder, x, 1 / perLevel, -minimum / perLevel + rounding / 2 ** (8 - bits))
    const kept = affine(builder, builder.apply('Floor', [levels]), perLevel, minimum)
    return chooseChanged(builder, drawOne(context), probability, kept, x)
  },
})
