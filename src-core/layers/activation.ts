import { defineLayer } from './define-layer.ts'
import { choice, real } from './parameter-fields.ts'
import {
  activationFlops,
  activationKinds,
  defaultNegativeSlope,
  lowerActivation,
} from './support/activations.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const activationLayer = defineLayer({
  kind: 'activation',
  label: 'Activation',
  category: 'Activation',
  description:
    'Applies a function to every value; without one between them, two layers are no more than one. softmax turns scores into probabilities along the channels.',
  formula: 'y = activation(x)',
  reference: 'Keras 3: keras.layers.Activation, keras.activations',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    activation: choice({
      label: 'Function',
      essential: true,
      description: 'The function applied to every value.',
      default: 'relu',
      choices: activationKinds,
    }),
    negativeSlope: real({
      label: 'Negative slope',
      description: 'What leakyRelu multiplies negative values with; other functions do not use it.',
      default: defaultNegativeSlope,
      min: 0,
      max: 1,
      advanced: true,
    }),
  },
  inferShape: onlyShape,
  maskRule: () => 'passes',
  weights: () => [],
  flops: ({ output, parameters }) => activationFlops(parameters.activation, output),
  lower: ({ builder, inputs, parameters }) =>
    lowerActivation(builder, onlyTensor({ inputs }), parameters.activation, parameters.negativeSlope),
})
