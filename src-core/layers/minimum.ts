import { defineLayer } from './define-layer.ts'
import { chain, elementwiseMerge } from './support/merge.ts'

export const minimumLayer = defineLayer({
  ...elementwiseMerge,
  kind: 'minimum',
  label: 'Minimum',
  description: 'Takes the smallest of its inputs, element by element.',
  formula: 'y = min(x₁, x₂, …)',
  reference: 'Keras 3: keras.layers.Minimum',
  lower: ({ builder, inputs }) => chain(builder, 'Min', inputs),
})
