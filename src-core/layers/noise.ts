import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { shape } from './parameter-fields.ts'
import { normalNoise } from './support/noise.ts'
import { singleOutput } from './support/ports.ts'

export const noiseLayer = defineLayer({
  kind: 'noise',
  label: 'Noise',
  category: 'Input and output',
  description:
    'Draws normal noise, new at every step of training: what a generator makes its samples from. Gives zeros, the mean of the noise, when predicting.',
  formula: 'y = n, n normal with mean 0 and variance 1',
  reference: 'Goodfellow et al., "Generative Adversarial Nets", 2014; Keras 3: keras.random.normal',
  inputs: [],
  outputs: singleOutput,
  parameters: {
    shape: shape({
      label: 'Shape',
      essential: true,
      description:
        'Sizes of one sample’s axes: the number of values for Dense, or channels, height and width.',
      default: [64],
    }),
  },
  inferShape: ({ parameters }) => parameters.shape,
  weights: () => [],
  flops: ({ output }) => 8 * elementCount(output),
  lower: (context) => {
    const batched = [context.batchSize, ...context.output]
    if (context.training) return normalNoise(context, batched)
    const { builder } = context
    return builder.constant('float32', batched, new Float32Array(elementCount(batched)), 'zeros')
  },
})
