import { defineLayer } from './define-layer.ts'
import { reducedBy } from './support/reduction.ts'

export const reduceMaximumLayer = defineLayer({
  ...reducedBy('ReduceMax'),
  kind: 'reduceMaximum',
  label: 'ReduceMaximum',
  description: 'Takes the largest value along an axis.',
  formula: 'y = max(x) along the axis',
  reference: 'Keras 3: keras.ops.max; ONNX: ReduceMax',
})
