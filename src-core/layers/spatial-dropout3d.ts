import { defineLayer } from './define-layer.ts'
import { spatialDropout } from './support/spatial-dropout.ts'

export const spatialDropout3dLayer = defineLayer({
  ...spatialDropout(3),
  kind: 'spatialDropout3d',
  label: 'SpatialDropout3D',
  description:
    'While training, sets whole channels of a volume to zero: where neighbouring points are alike, dropping single values has little effect.',
  formula: 'training: y[c, …] = x[c, …] · keep[c] / (1 − rate); else y = x',
  reference:
    'Tompson et al., "Efficient Object Localization Using Convolutional Networks", 2015; Keras 3: keras.layers.SpatialDropout3D',
})
