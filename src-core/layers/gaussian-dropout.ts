import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { dropping, normalNoise, rateField } from './support/noise.ts'

export const gaussianDropoutLayer = defineLayer({
  ...dropping,
  kind: 'gaussianDropout',
  label: 'GaussianDropout',
  description:
    'While training, multiplies every value with normal noise around 1 that is as strong as dropout of the same rate. Does nothing when predicting.',
  formula:
    'training: y = x · (1 + √(rate / (1 − rate)) · n), n normal with mean 0 and variance 1; else y = x',
  reference: 'Srivastava et al., "Dropout", JMLR 2014, section 10; Keras 3: keras.layers.GaussianDropout',
  parameters: {
    rate: rateField('How strong the noise is: its variance is rate / (1 − rate).'),
  },
  lower: (context) => {
    const x = onlyTensor(context)
    const { builder, parameters, training } = context
    const { rate } = parameters
    if (!training || rate === 0) return x
    const deviation = builder.scalar(Math.sqrt(rate / (1 - rate)))
    const noise = builder.apply('Mul', [normalNoise(context, x.shape), deviation])
    return builder.apply('Mul', [x, builder.apply('Add', [noise, builder.scalar(1)])])
  },
})
