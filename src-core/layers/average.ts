import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { chain, elementwiseMerge, mergeFlops } from './support/merge.ts'

export const averageLayer = defineLayer({
  ...elementwiseMerge,
  kind: 'average',
  label: 'Average',
  description: 'Averages its inputs element by element.',
  formula: 'y = (x₁ + x₂ + … + xₙ) / n',
  reference: 'Keras 3: keras.layers.Average',
  flops: (context) => mergeFlops(context) + elementCount(context.output),
  lower: ({ builder, inputs }) =>
    builder.apply('Mul', [chain(builder, 'Add', inputs), builder.scalar(1 / inputs.length)]),
})
