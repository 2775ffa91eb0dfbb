import { defineLayer } from './define-layer.ts'
import { chain, elementwiseMerge } from './support/merge.ts'

export const addLayer = defineLayer({
  ...elementwiseMerge,
  kind: 'add',
  label: 'Add',
  description: 'Adds its inputs. With a way around some layers it makes a residual connection.',
  formula: 'y = x₁ + x₂ + …',
  reference: 'Keras 3: keras.layers.Add',
  lower: ({ builder, inputs }) => chain(builder, 'Add', inputs),
})
