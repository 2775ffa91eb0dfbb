import { poolingLayer } from './support/pooling.ts'
import { sequence } from './support/space.ts'

export const maxPooling1dLayer = poolingLayer(sequence, 'MaxPool', {
  kind: 'maxPooling1d',
  label: 'MaxPooling1D',
  description: 'Keeps the largest value of each window: shrinks a sequence and keeps what stands out.',
  formula: 'y = max of x over each window',
  reference: 'Keras 3: keras.layers.MaxPooling1D; ONNX: MaxPool',
})
