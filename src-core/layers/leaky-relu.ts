import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const leakyReluLayer = defineLayer({
  ...pointwise,
  kind: 'leakyRelu',
  label: 'LeakyReLU',
  category: 'Activation',
  description:
    'Keeps positive values and makes negative ones small instead of zero, so that no unit stops learning for good.',
  formula: 'y = x if x ≥ 0; negativeSlope · x below',
  reference: 'Maas, Hannun and Ng, 2013; Keras 3: keras.layers.LeakyReLU; ONNX: LeakyRelu',
  parameters: {
    negativeSlope: real({
      label: 'Negative slope',
      essential: true,
      description: 'What negative values are multiplied with.',
      default: 0.3,
      min: 0,
      max: 1,
    }),
  },
  lower: ({ builder, inputs, parameters }) =>
    builder.apply('LeakyRelu', [onlyTensor({ inputs })], { alpha: parameters.negativeSlope }),
})
