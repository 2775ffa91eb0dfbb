import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const exponentialLayer = defineLayer({
  ...pointwise,
  kind: 'exponential',
  label: 'Exponential',
  category: 'Mathematics',
  description: 'Raises e to every value, e.g. to turn logarithms back into what they stand for.',
  formula: 'y = eˣ',
  reference: 'Keras 3: keras.ops.exp; ONNX: Exp',
  parameters: {},
  lower: ({ builder, inputs }) => builder.apply('Exp', [onlyTensor({ inputs })]),
})
