import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { atLeast, smallestField } from './support/lower-bound.ts'
import { pointwise } from './support/pointwise.ts'

export const squareRootLayer = defineLayer({
  ...pointwise,
  kind: 'squareRoot',
  label: 'SquareRoot',
  category: 'Mathematics',
  description:
    'Takes the square root of every value. Values below a bound, such as negative ones, are treated as the bound.',
  formula: 'y = √max(x, smallest)',
  reference: 'Keras 3: keras.ops.sqrt; ONNX: Sqrt',
  parameters: { smallest: smallestField },
  flops: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs, parameters }) =>
    builder.apply('Sqrt', [atLeast(builder, onlyTensor({ inputs }), parameters.smallest)]),
})
