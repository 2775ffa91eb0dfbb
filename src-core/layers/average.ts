import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { chain, inferMerge, mergeFlops } from './support/merge.ts'
import { manyInputs, singleOutput } from './support/ports.ts'

export const averageLayer = defineLayer({
  kind: 'average',
  label: 'Average',
  category: 'Merge',
  description: 'Averages its inputs element by element.',
  formula: 'y = (x₁ + x₂ + … + xₙ) / n',
  reference: 'Keras 3: keras.layers.Average',
  inputs: manyInputs,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => inferMerge(inputs),
  maskRule: () => 'passes',
  weights: () => [],
  flops: (context) => mergeFlops(context) + elementCount(context.output),
  lower: ({ builder, inputs }) =>
    builder.apply('Mul', [chain(builder, 'Add', inputs), builder.scalar(1 / inputs.length)]),
})
