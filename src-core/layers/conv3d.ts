import { convolutionLayer } from './support/convolution.ts'
import { volume } from './support/space.ts'

export const conv3dLayer = convolutionLayer(volume, {
  kind: 'conv3d',
  label: 'Conv3D',
  description:
    'Slides small filters through a volume; each one finds its pattern wherever it is. For scans and video clips.',
  formula: 'y[f] = activation(Σ_c x[c] ⋆ kernel[f, c] + bias[f])',
  reference: 'Keras 3: keras.layers.Conv3D; ONNX: Conv',
})
