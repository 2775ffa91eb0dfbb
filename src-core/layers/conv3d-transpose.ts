import { volume } from './support/space.ts'
import { transposedConvolutionLayer } from './support/transposed-convolution.ts'

export const conv3dTransposeLayer = transposedConvolutionLayer(volume, {
  kind: 'conv3dTranspose',
  label: 'Conv3DTranspose',
  description:
    'Grows a volume: every point spreads its filters over the points around it. For decoders and segmentation of scans.',
  formula: 'y = activation(Σ_c kernel[c]ᵀ · x[c] + bias), the transposed map of a convolution',
  reference: 'Keras 3: keras.layers.Conv3DTranspose; ONNX: ConvTranspose',
})
