import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'
import { safeDivision } from './support/safe-division.ts'

export const reciprocalLayer = defineLayer({
  ...pointwise,
  kind: 'reciprocal',
  label: 'Reciprocal',
  category: 'Mathematics',
  description: 'Divides 1 by every value; 0 stays 0.',
  formula: 'y = 1 / x; 0 where x = 0',
  reference: 'Keras 3: keras.ops.reciprocal; ONNX: Reciprocal',
  parameters: {},
  flops: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs }) => safeDivision(builder, builder.scalar(1), onlyTensor({ inputs })),
})
