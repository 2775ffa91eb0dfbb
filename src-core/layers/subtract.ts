import { defineLayer } from './define-layer.ts'
import { chain, inferMerge, mergeFlops } from './support/merge.ts'
import { twoInputs } from './support/pair.ts'
import { singleOutput } from './support/ports.ts'

export const subtractLayer = defineLayer({
  kind: 'subtract',
  label: 'Subtract',
  category: 'Merge',
  description: 'Subtracts its second input from its first, element by element, in the order they were wired.',
  formula: 'y = x₁ − x₂',
  reference: 'Keras 3: keras.layers.Subtract',
  inputs: twoInputs,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => inferMerge(inputs),
  maskRule: () => 'passes',
  weights: () => [],
  flops: mergeFlops,
  lower: ({ builder, inputs }) => chain(builder, 'Sub', inputs),
})
