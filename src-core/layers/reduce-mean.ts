import { defineLayer } from './define-layer.ts'
import { reducedBy } from './support/reduction.ts'

export const reduceMeanLayer = defineLayer({
  ...reducedBy('ReduceMean'),
  kind: 'reduceMean',
  label: 'ReduceMean',
  description: 'Averages all values along an axis.',
  formula: 'y = mean(x) along the axis',
  reference: 'Keras 3: keras.ops.mean; ONNX: ReduceMean',
})
