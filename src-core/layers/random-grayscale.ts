import { defineLayer } from './define-layer.ts'
import { chooseChanged, drawOne, probabilityField } from './support/augmentation.ts'
import { inferSameColours, luma, lumaFlops } from './support/colour.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const randomGrayscaleLayer = defineLayer({
  kind: 'randomGrayscale',
  label: 'RandomGrayscale',
  category: 'Augmentation',
  description:
    'While training, takes the colours out of random images, so that the network does not rely on them. Does nothing when predicting.',
  formula: 'y = 0.2989 R + 0.587 G + 0.114 B in each channel where random < probability, else x',
  reference: 'torchvision: RandomGrayscale; Keras 3: keras.layers.RandomGrayscale',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: { probability: probabilityField({ default: 0.1, what: 'become grey' }) },
  inferShape: inferSameColours,
  weights: () => [],
  flops: (context) => lumaFlops(context, 1),
  lower: (context) => {
    const { builder, training } = context
    const { probability } = context.parameters
    const x = onlyTensor(context)
    if (!training || probability === 0) return x
    const grey = builder.apply('Expand', [luma(builder, x), builder.integers([1, 3, 1, 1])])
    return chooseChanged(builder, drawOne(context), probability, grey, x)
  },
})
