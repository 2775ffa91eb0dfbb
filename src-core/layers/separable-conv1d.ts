import { separableConvolutionLayer } from './support/separable-convolution.ts'
import { sequence } from './support/space.ts'

export const separableConv1dLayer = separableConvolutionLayer(sequence, {
  kind: 'separableConv1d',
  label: 'SeparableConv1D',
  description:
    'Filters every channel by itself and then mixes the channels at each step. Much like a convolution with far fewer weights.',
  formula: 'y[f] = activation(Σ_c pointwiseKernel[f, c] · (x[c] ⋆ depthwiseKernel[c]) + bias[f])',
  reference: 'Chollet, "Xception", 2017; Keras 3: keras.layers.SeparableConv1D',
})
