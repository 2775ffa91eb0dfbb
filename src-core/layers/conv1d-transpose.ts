import { sequence } from './support/space.ts'
import { transposedConvolutionLayer } from './support/transposed-convolution.ts'

export const conv1dTransposeLayer = transposedConvolutionLayer(sequence, {
  kind: 'conv1dTranspose',
  label: 'Conv1DTranspose',
  description:
    'Grows a sequence: every step spreads its filters over the steps around it. For decoders and generators of signals.',
  formula: 'y = activation(Σ_c kernel[c]ᵀ · x[c] + bias), the transposed map of a convolution',
  reference: 'Keras 3: keras.layers.Conv1DTranspose; ONNX: ConvTranspose',
})
