import { defineLayer } from './define-layer.ts'
import { chain, inferMerge, mergeFlops } from './support/merge.ts'
import { manyInputs, singleOutput } from './support/ports.ts'

export const maximumLayer = defineLayer({
  kind: 'maximum',
  label: 'Maximum',
  category: 'Merge',
  description: 'Takes the largest of its inputs, element by element.',
  formula: 'y = max(x₁, x₂, …)',
  reference: 'Keras 3: keras.layers.Maximum',
  inputs: manyInputs,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => inferMerge(inputs),
  maskRule: () => 'passes',
  weights: () => [],
  flops: mergeFlops,
  lower: ({ builder, inputs }) => chain(builder, 'Max', inputs),
})
