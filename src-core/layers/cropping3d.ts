import { croppingLayer } from './support/cropping.ts'
import { volume } from './support/space.ts'

export const cropping3dLayer = croppingLayer(volume, {
  kind: 'cropping3d',
  label: 'Cropping3D',
  description: 'Cuts planes, rows and columns off the edges of a volume.',
  formula: 'y = x without its border',
  reference: 'Keras 3: keras.layers.Cropping3D; ONNX: Slice',
})
