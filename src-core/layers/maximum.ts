import { defineLayer } from './define-layer.ts'
import { chain, elementwiseMerge } from './support/merge.ts'

export const maximumLayer = defineLayer({
  ...elementwiseMerge,
  kind: 'maximum',
  label: 'Maximum',
  description: 'Takes the largest of its inputs, element by element.',
  formula: 'y = max(x₁, x₂, …)',
  reference: 'Keras 3: keras.layers.Maximum',
  lower: ({ builder, inputs }) => chain(builder, 'Max', inputs),
})
