import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { between, drawOne, perPicture } from './support/augmentation.ts'
import {
  clipField,
  clipped,
  inferSameColours,
  luma,
  lumaFlops,
  refuseReversedRange,
  valueRangeFields,
} from './support/colour.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const randomSaturationLayer = defineLayer({
  kind: 'randomSaturation',
  label: 'RandomSaturation',
  category: 'Augmentation',
  description:
    'While training, makes the colours of each image stronger or paler by a random factor. Does nothing when predicting.',
  formula: 'y = clip(grey + s · (x − grey)), s uniform in 1 ± factor, grey = 0.2989 R + 0.587 G + 0.114 B',
  reference: 'torchvision: ColorJitter(saturation), adjust_saturation',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    factor: real({
      label: 'Factor',
      essential: true,
      description: 'The largest change of the saturation: at 1, from grey to twice as colourful.',
      default: 0.4,
      min: 0,
      max: 1,
      step: 0.05,
    }),
    clip: clipField,
    ...valueRangeFields,
  },
  inferShape: (context) => refuseReversedRange(context.parameters) ?? inferSameColours(context),
  weights: () => [],
  flops: (context) => lumaFlops(context, context.parameters.clip ? 5 : 3),
  lower: (context) => {
    const { builder, parameters, training } = context
    const x = onlyTensor(context)
    const { factor } = parameters
    if (!training || factor === 0) return x
    const grey = luma(builder, x)
    const saturation = perPicture(builder, between(builder, drawOne(context), 1 - factor, 1 + factor))
    const changed = builder.apply('Mul', [builder.apply('Sub', [x, grey]), saturation])
    return clipped(builder, builder.apply('Add', [changed, grey]), parameters)
  },
})
