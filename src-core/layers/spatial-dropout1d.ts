import { defineLayer } from './define-layer.ts'
import { spatialDropout } from './support/spatial-dropout.ts'

export const spatialDropout1dLayer = defineLayer({
  ...spatialDropout(1),
  kind: 'spatialDropout1d',
  label: 'SpatialDropout1D',
  description:
    'While training, sets whole features of a sequence to zero at all steps: where neighbouring steps are alike, dropping single values has little effect.',
  formula: 'training: y[t, f] = x[t, f] · keep[f] / (1 − rate); else y = x',
  reference:
    'Tompson et al., "Efficient Object Localization Using Convolutional Networks", 2015; Keras 3: keras.layers.SpatialDropout1D',
})
