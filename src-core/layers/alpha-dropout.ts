import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { dropping, keepNoise, rateField } from './support/noise.ts'

/** What selu gives for very negative values: −alpha · scale of Klambauer et al. */
const saturated = -1.6732632423543772 * 1.0507009873554805

export const alphaDropoutLayer = defineLayer({
  ...dropping,
  kind: 'alphaDropout',
  label: 'AlphaDropout',
  description:
    'Dropout for networks with selu: sets random values to what selu has far below zero, and keeps mean and variance. Does nothing when predicting.',
  formula:
    'training: y = a · (x · keep + α′ · (1 − keep)) + b, with a and b such that mean and variance stay; else y = x',
  reference: 'Klambauer et al., "Self-Normalizing Neural Networks", 2017; Keras 3: keras.layers.AlphaDropout',
  parameters: { rate: rateField('The share of values that is dropped.') },
  lower: (context) => {
    const x = onlyTensor(context)
    const { builder, parameters, training } = context
    const { rate } = parameters
    if (!training || rate === 0) return x
    const factor = ((1 - rate) * (1 + rate * saturated ** 2)) ** -0.5
    const shift = -factor * saturated * rate
    const keep = keepNoise(context, x.shape, rate)
    const scaled = builder.apply('Mul', [x, builder.apply('Mul', [keep, builder.scalar(factor)])])
    // factor · α′ · (1 − keep) + shift.
    const rest = builder.apply('Sub', [
      builder.scalar(factor * saturated + shift),
      builder.apply('Mul', [keep, builder.scalar(factor * saturated)]),
    ])
    return builder.apply('Add', [scaled, rest])
  },
})
