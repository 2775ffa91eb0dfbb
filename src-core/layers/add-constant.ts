import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const addConstantLayer = defineLayer({
  ...pointwise,
  kind: 'addConstant',
  label: 'AddConstant',
  category: 'Mathematics',
  description: 'Adds a fixed number to every value.',
  formula: 'y = x + constant',
  reference: 'Keras 3: keras.ops.add; ONNX: Add',
  parameters: {
    constant: real({
      label: 'Constant',
      essential: true,
      description: 'What is added to every value.',
      default: 1,
      min: -1_000_000,
      max: 1_000_000,
      step: 0.1,
    }),
  },
  lower: ({ builder, inputs, parameters }) =>
    builder.apply('Add', [onlyTensor({ inputs }), builder.scalar(parameters.constant)]),
})
