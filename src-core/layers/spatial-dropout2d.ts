import { defineLayer } from './define-layer.ts'
import { spatialDropout } from './support/spatial-dropout.ts'

export const spatialDropout2dLayer = defineLayer({
  ...spatialDropout(2),
  kind: 'spatialDropout2d',
  label: 'SpatialDropout2D',
  description:
    'While training, sets whole channels of an image to zero: where neighbouring points are alike, dropping single values has little effect.',
  formula: 'training: y[c, …] = x[c, …] · keep[c] / (1 − rate); else y = x',
  reference:
    'Tompson et al., "Efficient Object Localization Using Convolutional Networks", 2015; Keras 3: keras.layers.SpatialDropout2D',
})
