import { globalPoolingLayer } from './support/pooling.ts'
import { volume } from './support/space.ts'

export const globalMaxPooling3dLayer = globalPoolingLayer(volume, 'ReduceMax', {
  kind: 'globalMaxPooling3d',
  label: 'GlobalMaxPooling3D',
  description: 'Keeps the largest value of every channel: says whether a pattern is anywhere in the volume.',
  formula: 'y[c] = max of x[c, ·, ·, ·]',
  reference: 'Keras 3: keras.layers.GlobalMaxPooling3D',
})
