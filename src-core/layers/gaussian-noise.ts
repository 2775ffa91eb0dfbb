import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyTensor } from './support/context.ts'
import { normalNoise, regularizing } from './support/noise.ts'

export const gaussianNoiseLayer = defineLayer({
  ...regularizing,
  kind: 'gaussianNoise',
  label: 'GaussianNoise',
  description:
    'While training, adds normal noise, so that small changes of the input matter less. Does nothing when predicting.',
  formula: 'training: y = x + stddev · n, n normal with mean 0 and variance 1; else y = x',
  reference: 'Keras 3: keras.layers.GaussianNoise',
  parameters: {
    stddev: real({
      label: 'Standard deviation',
      essential: true,
      description: 'How strong the noise is.',
      default: 0.1,
      min: 0,
      max: 1000,
      step: 0.05,
    }),
  },
  flops: ({ output }) => 8 * elementCount(output),
  lower: (context) => {
    const x = onlyTensor(context)
    const { builder, parameters, training } = context
    if (!training || parameters.stddev === 0) return x
    const noise = normalNoise(context, x.shape)
    return builder.apply('Add', [x, builder.apply('Mul', [noise, builder.scalar(parameters.stddev)])])
  },
})
