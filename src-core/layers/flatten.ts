import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const flattenLayer = defineLayer({
  kind: 'flatten',
  label: 'Flatten',
  category: 'Shape',
  description: 'Makes one list of all values of a sample. Goes between images and Dense layers.',
  formula: 'y = x as one axis',
  reference: 'Keras 3: keras.layers.Flatten',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => [elementCount(onlyShape({ inputs }))],
  weights: () => [],
  flops: () => 0,
  activationElements: () => 0,
  lower: ({ builder, inputs, output }) =>
    builder.apply('Reshape', [onlyTensor({ inputs }), builder.integers([0, ...output])]),
})
