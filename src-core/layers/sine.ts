import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const sineLayer = defineLayer({
  ...pointwise,
  kind: 'sine',
  label: 'Sine',
  category: 'Mathematics',
  description: 'Takes the sine of every value, in radians, e.g. for periodic quantities.',
  formula: 'y = sin x',
  reference: 'Keras 3: keras.ops.sin; ONNX: Sin',
  parameters: {},
  lower: ({ builder, inputs }) => builder.apply('Sin', [onlyTensor({ inputs })]),
})
