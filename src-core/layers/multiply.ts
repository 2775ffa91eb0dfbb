import { defineLayer } from './define-layer.ts'
import { chain, elementwiseMerge } from './support/merge.ts'

export const multiplyLayer = defineLayer({
  ...elementwiseMerge,
  kind: 'multiply',
  label: 'Multiply',
  description: 'Multiplies its inputs element by element, e.g. values with gates between 0 and 1.',
  formula: 'y = x₁ · x₂ · …',
  reference: 'Keras 3: keras.layers.Multiply',
  lower: ({ builder, inputs }) => chain(builder, 'Mul', inputs),
})
