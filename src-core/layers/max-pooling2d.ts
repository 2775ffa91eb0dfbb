import { poolingLayer } from './support/pooling.ts'
import { image } from './support/space.ts'

export const maxPooling2dLayer = poolingLayer(image, 'MaxPool', {
  kind: 'maxPooling2d',
  label: 'MaxPooling2D',
  description: 'Keeps the largest value of each window: shrinks an image and keeps what stands out.',
  formula: 'y = max of x over each window',
  reference: 'Keras 3: keras.layers.MaxPooling2D; ONNX: MaxPool',
})
