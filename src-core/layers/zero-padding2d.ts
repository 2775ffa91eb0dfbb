import { paddingLayer } from './support/padding.ts'
import { image } from './support/space.ts'

export const zeroPadding2dLayer = paddingLayer(image, 'constant', {
  kind: 'zeroPadding2d',
  label: 'ZeroPadding2D',
  description: 'Puts rows and columns of zeros around an image.',
  formula: 'y = x with a border of zeros',
  reference: 'Keras 3: keras.layers.ZeroPadding2D; ONNX: Pad',
})
