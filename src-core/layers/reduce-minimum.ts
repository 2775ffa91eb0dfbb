import { defineLayer } from './define-layer.ts'
import { reducedBy } from './support/reduction.ts'

export const reduceMinimumLayer = defineLayer({
  ...reducedBy('ReduceMin'),
  kind: 'reduceMinimum',
  label: 'ReduceMinimum',
  description: 'Takes the smallest value along an axis.',
  formula: 'y = min(x) along the axis',
  reference: 'Keras 3: keras.ops.min; ONNX: ReduceMin',
})
