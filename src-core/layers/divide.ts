import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { elementwiseMerge } from './support/merge.ts'
import { twoInputs, twoTensors } from './support/pair.ts'
import { safeDivision } from './support/safe-division.ts'

export const divideLayer = defineLayer({
  ...elementwiseMerge,
  kind: 'divide',
  label: 'Divide',
  description:
    'Divides its first input by its second, element by element, in the order they were wired. Where the second is 0, so is the result.',
  formula: 'y = x₁ / x₂; 0 where x₂ = 0',
  reference: 'Keras 3: keras.ops.divide_no_nan; ONNX: Div',
  inputs: twoInputs,
  flops: ({ output }) => 2 * elementCount(output),
  lower: (context) => safeDivision(context.builder, ...twoTensors(context)),
})
