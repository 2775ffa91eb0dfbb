import { image } from './support/space.ts'
import { transposedConvolutionLayer } from './support/transposed-convolution.ts'

export const conv2dTransposeLayer = transposedConvolutionLayer(image, {
  kind: 'conv2dTranspose',
  label: 'Conv2DTranspose',
  description:
    'Grows an image: every point spreads its filters over the points around it. For decoders, segmentation and image generators.',
  formula: 'y = activation(Σ_c kernel[c]ᵀ · x[c] + bias), the transposed map of a convolution',
  reference: 'Keras 3: keras.layers.Conv2DTranspose; ONNX: ConvTranspose',
})
