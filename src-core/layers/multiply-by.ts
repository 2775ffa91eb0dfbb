import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const multiplyByLayer = defineLayer({
  ...pointwise,
  kind: 'multiplyBy',
  label: 'MultiplyBy',
  category: 'Mathematics',
  description: 'Multiplies every value with a fixed number.',
  formula: 'y = factor · x',
  reference: 'Keras 3: keras.ops.multiply, keras.layers.Rescaling; ONNX: Mul',
  parameters: {
    factor: real({
      label: 'Factor',
      essential: true,
      description: 'What every value is multiplied with.',
      default: 2,
      min: -1_000_000,
      max: 1_000_000,
      step: 0.1,
    }),
  },
  lower: ({ builder, inputs, parameters }) =>
    builder.apply('Mul', [onlyTensor({ inputs }), builder.scalar(parameters.factor)]),
})
