import { defineLayer } from './define-layer.ts'
import { reducedBy } from './support/reduction.ts'

export const reduceSumLayer = defineLayer({
  ...reducedBy('ReduceSum'),
  kind: 'reduceSum',
  label: 'ReduceSum',
  description: 'Adds up all values along an axis.',
  formula: 'y = Σ x along the axis',
  reference: 'Keras 3: keras.ops.sum; ONNX: ReduceSum',
})
