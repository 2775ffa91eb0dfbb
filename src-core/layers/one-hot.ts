import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
import { encodeCategories } from './support/categories.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const oneHotLayer = defineLayer({
  kind: 'oneHot',
  label: 'OneHot',
  category: 'Preprocessing',
  description:
    'Turns each whole number into a list of zeros with a one at its place, on a new last axis. A number outside of the classes gives zeros only.',
  formula: 'y[…, k] = 1 where x[…] = k, else 0',
  reference: 'Keras 3: keras.ops.one_hot, keras.layers.CategoryEncoding(output_mode="one_hot")',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    numClasses: integer({
      label: 'Classes',
      essential: true,
      description: 'How many different numbers there are: 0 … classes − 1.',
      default: 10,
    }),
  },
  indexCountParameter: 'numClasses',
  inferShape: ({ inputs, parameters }) => [...onlyShape({ inputs }), parameters.numClasses],
  maskRule: () => 'passes',
  weights: () => [],
  flops: ({ output }) => elementCount(output),
  lower: ({ builder, inputs, parameters }) =>
    encodeCategories(builder, onlyTensor({ inputs }), parameters.numClasses),
})
