import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const cosineLayer = defineLayer({
  ...pointwise,
  kind: 'cosine',
  label: 'Cosine',
  category: 'Mathematics',
  description: 'Takes the cosine of every value, in radians, e.g. for periodic quantities.',
  formula: 'y = cos x',
  reference: 'Keras 3: keras.ops.cos; ONNX: Cos',
  parameters: {},
  lower: ({ builder, inputs }) => builder.apply('Cos', [onlyTensor({ inputs })]),
})
