import { separableConvolutionLayer } from './support/separable-convolution.ts'
import { image } from './support/space.ts'

export const separableConv2dLayer = separableConvolutionLayer(image, {
  kind: 'separableConv2d',
  label: 'SeparableConv2D',
  description:
    'Filters every channel by itself and then mixes the channels at each point. Much like a convolution with far fewer weights.',
  formula: 'y[f] = activation(Σ_c pointwiseKernel[f, c] · (x[c] ⋆ depthwiseKernel[c]) + bias[f])',
  reference: 'Chollet, "Xception", 2017; Keras 3: keras.layers.SeparableConv2D',
})
