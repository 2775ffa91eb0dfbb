import { convolutionLayer } from './support/convolution.ts'
import { image } from './support/space.ts'

export const conv2dLayer = convolutionLayer(image, {
  kind: 'conv2d',
  label: 'Conv2D',
  description:
    'Slides small filters over an image; each one finds its pattern wherever it is. The heart of image networks.',
  formula: 'y[f] = activation(Σ_c x[c] ⋆ kernel[f, c] + bias[f])',
  reference: 'Keras 3: keras.layers.Conv2D; ONNX: Conv',
})
