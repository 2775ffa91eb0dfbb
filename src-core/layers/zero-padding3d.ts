import { paddingLayer } from './support/padding.ts'
import { volume } from './support/space.ts'

export const zeroPadding3dLayer = paddingLayer(volume, 'constant', {
  kind: 'zeroPadding3d',
  label: 'ZeroPadding3D',
  description: 'Puts planes, rows and columns of zeros around a volume.',
  formula: 'y = x with a border of zeros',
  reference: 'Keras 3: keras.layers.ZeroPadding3D; ONNX: Pad',
})
