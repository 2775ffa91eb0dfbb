import { defineLayer } from './define-layer.ts'
import { chain, inferMerge, mergeFlops } from './support/merge.ts'
import { manyInputs, singleOutput } from './support/ports.ts'

export const minimumLayer = defineLayer({
  kind: 'minimum',
  label: 'Minimum',
  category: 'Merge',
  description: 'Takes the smallest of its inputs, element by element.',
  formula: 'y = min(x₁, x₂, …)',
  reference: 'Keras 3: keras.layers.Minimum',
  inputs: manyInputs,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => inferMerge(inputs),
  maskRule: () => 'passes',
  weights: () => [],
  flops: mergeFlops,
  lower: ({ builder, inputs }) => chain(builder, 'Min', inputs),
})
