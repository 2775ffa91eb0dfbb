import { globalPoolingLayer } from './support/pooling.ts'
import { image } from './support/space.ts'

export const globalAveragePooling2dLayer = globalPoolingLayer(image, 'ReduceMean', {
  kind: 'globalAveragePooling2d',
  label: 'GlobalAveragePooling2D',
  description:
    'Averages every channel over the whole image: one number per channel, whatever the image’s size.',
  formula: 'y[c] = mean of x[c, ·, ·]',
  reference: 'Keras 3: keras.layers.GlobalAveragePooling2D',
})
