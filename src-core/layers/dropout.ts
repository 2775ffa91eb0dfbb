import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { keepMask } from './support/keep-mask.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const dropoutLayer = defineLayer({
  kind: 'dropout',
  label: 'Dropout',
  category: 'Regularization',
  description:
    'While training, sets random values to zero, so that the network does not lean on any one of them. Does nothing when predicting.',
  formula: 'training: y = x · keep / (1 − rate), keep = [random ≥ rate]; else y = x',
  reference: 'Srivastava et al., "Dropout", JMLR 2014; Keras 3: keras.layers.Dropout',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    rate: real({
      label: 'Rate',
      essential: true,
      description: 'The share of values that is set to zero.',
      default: 0.5,
      min: 0,
      max: 0.99,
      step: 0.05,
    }),
  },
  inferShape: onlyShape,
  maskRule: () => 'passes',
  weights: () => [],
  flops: ({ output, parameters }) => (parameters.rate === 0 ? 0 : 2 * elementCount(output)),
  activationElements: ({ output, parameters }) => (parameters.rate === 0 ? 0 : 2 * elementCount(output)),
  lower: ({ builder, inputs, parameters, training, random }) => {
    const x = onlyTensor({ inputs })
    if (!training || parameters.rate === 0) return x
    return builder.apply('Mul', [x, keepMask(builder, random(x.shape), parameters.rate)])
  },
})
