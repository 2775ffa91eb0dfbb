import { volume } from './support/space.ts'
import { upSamplingLayer } from './support/up-sampling.ts'

export const upSampling3dLayer = upSamplingLayer(volume, {
  kind: 'upSampling3d',
  label: 'UpSampling3D',
  description: 'Enlarges a volume by whole factors, by repeating every point.',
  formula: 'y[d, i, j] = x at (⌊d / factor⌋, ⌊i / factor⌋, ⌊j / factor⌋)',
  reference: 'Keras 3: keras.layers.UpSampling3D; ONNX: Resize (nearest)',
})
