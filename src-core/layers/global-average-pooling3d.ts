import { globalPoolingLayer } from './support/pooling.ts'
import { volume } from './support/space.ts'

export const globalAveragePooling3dLayer = globalPoolingLayer(volume, 'ReduceMean', {
  kind: 'globalAveragePooling3d',
  label: 'GlobalAveragePooling3D',
  description:
    'Averages every channel over the whole volume: one number per channel, whatever the volume’s size.',
  formula: 'y[c] = mean of x[c, ·, ·, ·]',
  reference: 'Keras 3: keras.layers.GlobalAveragePooling3D',
})
