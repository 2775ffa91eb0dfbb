import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const negateLayer = defineLayer({
  ...pointwise,
  kind: 'negate',
  label: 'Negate',
  category: 'Mathematics',
  description: 'Changes the sign of every value.',
  formula: 'y = −x',
  reference: 'Keras 3: keras.ops.negative; ONNX: Neg',
  parameters: {},
  lower: ({ builder, inputs }) => builder.apply('Neg', [onlyTensor({ inputs })]),
})
