import { globalPoolingLayer } from './support/pooling.ts'
import { image } from './support/space.ts'

export const globalMaxPooling2dLayer = globalPoolingLayer(image, 'ReduceMax', {
  kind: 'globalMaxPooling2d',
  label: 'GlobalMaxPooling2D',
  description: 'Keeps the largest value of every channel: says whether a pattern is anywhere in the image.',
  formula: 'y[c] = max of x[c, ·, ·]',
  reference: 'Keras 3: keras.layers.GlobalMaxPooling2D',
})
