import { depthwiseConvolutionLayer } from './support/depthwise-convolution.ts'
import { sequence } from './support/space.ts'

export const depthwiseConv1dLayer = depthwiseConvolutionLayer(sequence, {
  kind: 'depthwiseConv1d',
  label: 'DepthwiseConv1D',
  description:
    'Filters every channel of a sequence by itself, without mixing channels. Cheap; usually followed by a convolution of size 1 that mixes them.',
  formula: 'y[c · multiplier + m] = activation(x[c] ⋆ kernel[c, m] + bias)',
  reference: 'Keras 3: keras.layers.DepthwiseConv1D; ONNX: Conv with a group per channel',
})
