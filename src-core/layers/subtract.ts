import { defineLayer } from './define-layer.ts'
import { chain, elementwiseMerge } from './support/merge.ts'
import { twoInputs } from './support/pair.ts'

export const subtractLayer = defineLayer({
  ...elementwiseMerge,
  kind: 'subtract',
  label: 'Subtract',
  description: 'Subtracts its second input from its first, element by element, in the order they were wired.',
  formula: 'y = x₁ − x₂',
  reference: 'Keras 3: keras.layers.Subtract',
  inputs: twoInputs,
  lower: ({ builder, inputs }) => chain(builder, 'Sub', inputs),
})
