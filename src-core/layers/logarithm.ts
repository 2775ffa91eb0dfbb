import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { atLeast, smallestField } from './support/lower-bound.ts'
import { pointwise } from './support/pointwise.ts'

export const logarithmLayer = defineLayer({
  ...pointwise,
  kind: 'logarithm',
  label: 'Logarithm',
  category: 'Mathematics',
  description:
    'Takes the natural logarithm of every value, e.g. of prices that differ by factors. Values below a bound, such as negative ones, are treated as the bound.',
  formula: 'y = ln max(x, smallest)',
  reference: 'Keras 3: keras.ops.log; ONNX: Log',
  parameters: { smallest: smallestField },
  flops: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs, parameters }) =>
    builder.apply('Log', [atLeast(builder, onlyTensor({ inputs }), parameters.smallest)]),
})
