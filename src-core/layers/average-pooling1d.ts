import { poolingLayer } from './support/pooling.ts'
import { sequence } from './support/space.ts'

export const averagePooling1dLayer = poolingLayer(sequence, 'AveragePool', {
  kind: 'averagePooling1d',
  label: 'AveragePooling1D',
  description:
    'Averages each window: shrinks a sequence and smooths it. Padding does not count in the average.',
  formula: 'y = mean of x over each window',
  reference: 'Keras 3: keras.layers.AveragePooling1D; ONNX: AveragePool',
})
