import { depthwiseConvolutionLayer } from './support/depthwise-convolution.ts'
import { image } from './support/space.ts'

export const depthwiseConv2dLayer = depthwiseConvolutionLayer(image, {
  kind: 'depthwiseConv2d',
  label: 'DepthwiseConv2D',
  description:
    'Filters every channel of an image by itself, without mixing channels. Cheap; usually followed by a convolution of size 1 that mixes them.',
  formula: 'y[c · multiplier + m] = activation(x[c] ⋆ kernel[c, m] + bias)',
  reference: 'Keras 3: keras.layers.DepthwiseConv2D; ONNX: Conv with a group per channel',
})
