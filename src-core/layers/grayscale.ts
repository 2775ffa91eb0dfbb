import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { luma, lumaFlops, requireColours } from './support/colour.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const grayscaleLayer = defineLayer({
  kind: 'grayscale',
  label: 'Grayscale',
  category: 'Preprocessing',
  description:
    'Turns a colour image into one channel of brightness, for tasks in which colour tells nothing.',
  formula: 'y = 0.2989 R + 0.587 G + 0.114 B',
  reference: 'TensorFlow: tf.image.rgb_to_grayscale; torchvision: Grayscale',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => {
    const image = onlyShape({ inputs })
    return requireColours(image) ?? [1, sizeAt(image, 1), sizeAt(image, 2)]
  },
  weights: () => [],
  flops: (context) => lumaFlops(context, 0),
  lower: ({ builder, inputs }) => luma(builder, onlyTensor({ inputs })),
})
