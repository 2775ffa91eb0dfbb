import { poolingLayer } from './support/pooling.ts'
import { image } from './support/space.ts'

export const averagePooling2dLayer = poolingLayer(image, 'AveragePool', {
  kind: 'averagePooling2d',
  label: 'AveragePooling2D',
  description:
    'Averages each window: shrinks an image and smooths it. Padding does not count in the average.',
  formula: 'y = mean of x over each window',
  reference: 'Keras 3: keras.layers.AveragePooling2D; ONNX: AveragePool',
})
