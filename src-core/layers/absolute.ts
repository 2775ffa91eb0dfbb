import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const absoluteLayer = defineLayer({
  ...pointwise,
  kind: 'absolute',
  label: 'Absolute',
  category: 'Mathematics',
  description: 'Makes every value positive.',
  formula: 'y = |x|',
  reference: 'Keras 3: keras.ops.absolute; ONNX: Abs',
  parameters: {},
  lower: ({ builder, inputs }) => builder.apply('Abs', [onlyTensor({ inputs })]),
})
