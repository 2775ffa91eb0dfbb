import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { randomBrightnessLayer } from './random-brightness.ts'
import { randomContrastLayer } from './random-contrast.ts'
import { randomSaturationLayer } from './random-saturation.ts'
import { clipField, inferSameColours, refuseReversedRange, valueRangeFields } from './support/colour.ts'
import { onlyTensor } from './support/context.ts'
import { randomTurns, turnHue } from './support/hue.ts'
import { singleInput, singleOutput } from './support/ports.ts'

const factor = (label: string, description: string, most: number, initial: number) =>
  real({ label, description, essential: true, default: initial, min: 0, max: most, step: 0.05 })

export const randomColorJitterLayer = defineLayer({
  kind: 'randomColorJitter',
  label: 'RandomColorJitter',
  category: 'Augmentation',
  description:
    'While training, changes brightness, contrast, saturation and hue of each image by random amounts, in this order. Does nothing when predicting.',
  formula: 'y = hue(saturation(contrast(brightness(x)))), each as in the layer of that name',
  reference: 'torchvision: ColorJitter; Keras 3: keras.layers.RandomColorJitter',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    brightness: factor('Brightness', 'The largest change, as a share of the range of values.', 1, 0.2),
    contrast: factor('Contrast', 'The largest change: 0.2 stands for 0.8 to 1.2 times as much.', 1, 0.2),
    saturation: factor('Saturation', 'The largest change: at 1, from grey to twice as colourful.', 1, 0.2),
    hue: factor('Hue', 'The largest turn, as a share of the colour circle.', 0.5, 0.05),
    clip: clipField,
    ...valueRangeFields,
  },
  inferShape: (context) => refuseReversedRange(context.parameters) ?? inferSameColours(context),
  weights: () => [],
  flops: ({ output, parameters }) => (parameters.clip ? 33 : 27) * elementCount(output),
  lower: (context) => {
    const { builder, parameters, training } = context
    const { brightness, contrast, saturation, hue, clip, minimum, maximum } = parameters
    const x = onlyTensor(context)
    if (!training) return x
    const after = (input: typeof x, share: number) => ({
      ...context,
      inputs: [input],
      parameters: { factor: share, clip, minimum, maximum },
    })
    const bright = randomBrightnessLayer.lower(after(x, brightness))
    const contrasted = randomContrastLayer.lower(after(bright, contrast))
    const saturated = randomSaturationLayer.lower(after(contrasted, saturation))
    return hue === 0 ? saturated : turnHue(builder, saturated, randomTurns(context, hue))
  },
})
