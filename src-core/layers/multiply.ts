import { defineLayer } from './define-layer.ts'
import { chain, inferMerge, mergeFlops } from './support/merge.ts'
import { manyInputs, singleOutput } from './support/ports.ts'

export const multiplyLayer = defineLayer({
  kind: 'multiply',
  label: 'Multiply',
  category: 'Merge',
  description: 'Multiplies its inputs element by element, e.g. values with gates between 0 and 1.',
  formula: 'y = x₁ · x₂ · …',
  reference: 'Keras 3: keras.layers.Multiply',
  inputs: manyInputs,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => inferMerge(inputs),
  maskRule: () => 'passes',
  weights: () => [],
  flops: mergeFlops,
  lower: ({ builder, inputs }) => chain(builder, 'Mul', inputs),
})
