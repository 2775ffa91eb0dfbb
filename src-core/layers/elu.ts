import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const eluLayer = defineLayer({
  ...pointwise,
  kind: 'elu',
  label: 'ELU',
  category: 'Activation',
  description: 'Keeps positive values and lets negative ones run smoothly towards −alpha.',
  formula: 'y = x if x > 0; alpha · (eˣ − 1) below',
  reference:
    'Clevert, Unterthiner and Hochreiter, "Exponential Linear Units", 2016; Keras 3: keras.layers.ELU; ONNX: Elu',
  parameters: {
    alpha: real({
      label: 'Alpha',
      essential: true,
      description: 'How far below zero results can go.',
      default: 1,
      min: 0.01,
      max: 100,
      step: 0.1,
    }),
  },
  lower: ({ builder, inputs, parameters }) =>
    builder.apply('Elu', [onlyTensor({ inputs })], { alpha: parameters.alpha }),
})
