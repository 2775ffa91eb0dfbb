import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { affine, between, drawPerSample, inferSameImage, perPicture } from './support/augmentation.ts'
import { clipped, refuseReversedRange, valueRangeFields } from './support/colour.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const solarizationLayer = defineLayer({
  kind: 'solarization',
  label: 'Solarization',
  category: 'Augmentation',
  description:
    'While training, turns the brightest parts of each image into their negatives, as overexposed film does. Does nothing when predicting.',
  formula:
    'v = clip(x + a · range); y = v where v < darkest + t · range, else darkest + brightest − v; a and t uniform from 0 to their factors',
  reference: 'torchvision: RandomSolarize; Keras 3: keras.layers.Solarization',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    thresholdFactor: real({
      label: 'Threshold factor',
      essential: true,
      description:
        'The largest threshold, as a share of the range of values: at 0 every image becomes its negative.',
      default: 1,
      min: 0,
      max: 1,
      step: 0.05,
    }),
    additionFactor: real({
      label: 'Addition factor',
      description: 'The most that is added before, as a share of the range of values.',
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
    }),
    ...valueRangeFields,
  },
  inferShape: (context) => refuseReversedRange(context.parameters) ?? inferSameImage(context),
  weights: () => [],
  flops: ({ output }) => 6 * elementCount(output),
  lower: (context) => {
    const { builder, parameters, training } = context
    const { thresholdFactor, additionFactor, minimum, maximum } = parameters
    const x = onlyTensor(context)
    if (!training) return x
    const range = maximum - minimum
    const [first = x, second = first] = drawPerSample(context, 2)
    const addition = perPicture(builder, between(builder, first, 0, additionFactor * range))
    const threshold = between(builder, second, minimum, minimum + thresholdFactor * range)
    const raised = additionFactor === 0 ? x : builder.apply('Add', [x, addition])
    const value = clipped(builder, raised, { clip: true, minimum, maximum })
    const isDark = builder.apply('Less', [value, perPicture(builder, threshold)])
    return builder.apply('Where', [isDark, value, affine(builder, value, -1, minimum + maximum)])
  },
})
