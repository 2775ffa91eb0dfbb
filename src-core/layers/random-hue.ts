import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { inferSameColours } from './support/colour.ts'
import { onlyTensor } from './support/context.ts'
import { randomTurns, turnHue } from './support/hue.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const randomHueLayer = defineLayer({
  kind: 'randomHue',
  label: 'RandomHue',
  category: 'Augmentation',
  description:
    'While training, turns the colours of each image around the colour circle by a random angle. Does nothing when predicting.',
  formula: 'hue ← hue + d in HSV, d uniform in ± factor of the circle; value and saturation stay',
  reference:
    'Smith, "Color Gamut Transform Pairs", 1978; torchvision: ColorJitter(hue); Keras 3: keras.layers.RandomHue',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    factor: real({
      label: 'Factor',
      essential: true,
      description: 'The largest turn, as a share of the circle: at 0.5 every colour may become any other.',
      default: 0.1,
      min: 0,
      max: 0.5,
      step: 0.05,
    }),
  },
  inferShape: inferSameColours,
  weights: () => [],
  // About 24 operations for the hue of a pixel, and 9 for each of its values.
  flops: ({ output }) => 17 * elementCount(output),
  lower: (context) => {
    const { builder, parameters, training } = context
    const x = onlyTensor(context)
    if (!training || parameters.factor === 0) return x
    return turnHue(builder, x, randomTurns(context, parameters.factor))
  },
})
