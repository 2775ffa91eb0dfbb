import { defineLayer } from './define-layer.ts'
import { chain, inferMerge, mergeFlops } from './support/merge.ts'
import { manyInputs, singleOutput } from './support/ports.ts'

export const addLayer = defineLayer({
  kind: 'add',
  label: 'Add',
  category: 'Merge',
  description: 'Adds its inputs. With a way around some layers it makes a residual connection.',
  formula: 'y = x₁ + x₂ + …',
  reference: 'Keras 3: keras.layers.Add',
  inputs: manyInputs,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => inferMerge(inputs),
  maskRule: () => 'passes',
  weights: () => [],
  flops: mergeFlops,
  lower: ({ builder, inputs }) => chain(builder, 'Add', inputs),
})
