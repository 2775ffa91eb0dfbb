import { dataTypeCodes } from '../tensor-graph/data-types.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const thresholdedReluLayer = defineLayer({
  ...pointwise,
  kind: 'thresholdedRelu',
  label: 'ThresholdedReLU',
  category: 'Activation',
  description: 'Keeps values above a threshold as they are and sets all others to zero.',
  formula: 'y = x if x > theta; 0 elsewhere',
  reference:
    'Konda, Memisevic and Krueger, 2014; ONNX: ThresholdedRelu; Keras 3: keras.activations.threshold',
  parameters: {
    theta: real({
      label: 'Theta',
      essential: true,
      description: 'The threshold.',
      default: 1,
      min: 0,
      max: 1_000_000,
      step: 0.1,
    }),
  },
  flops: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs, parameters }) => {
    const x = onlyTensor({ inputs })
    const above = builder.apply('Greater', [x, builder.scalar(parameters.theta)])
    return builder.apply('Mul', [x, builder.apply('Cast', [above], { to: dataTypeCodes.float32 })])
  },
})
