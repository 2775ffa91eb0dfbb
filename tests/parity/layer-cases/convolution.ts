import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCases } from './layer-case.ts'

const sequence: Shape = [11, 4]
const image: Shape = [4, 9, 8]
const volume: Shape = [4, 5, 7, 6]

const alongSteps: LayerCases = {
  conv1d: {
    kind: 'conv1d',
    inputs: [sequence],
    parameters: { filters: 6, activation: 'relu' },
    keras: keras('Conv1D', { filters: 6, kernel_size: 3, activation: 'relu' }),
  },
  'conv1d, same padding, strides': {
    kind: 'conv1d',
    inputs: [sequence],
    parameters: { filters: 6, kernelSize: 4, padding: 'same', strides: 3, useBias: false },
    keras: keras('Conv1D', { filters: 6, kernel_size: 4, padding: 'same', strides: 3, use_bias: false }),
  },
  'conv1d, causal, dilated': {
    kind: 'conv1d',
    inputs: [sequence],
    parameters: { filters: 5, kernelSize: 3, padding: 'causal', dilationRate: 2, activation: 'softmax' },
    keras: keras('Conv1D', {
      filters: 5,
      kernel_size: 3,
      padding: 'causal',
      dilation_rate: 2,
      activation: 'softmax',
    }),
  },
  'conv1d, causal, strides': {
    kind: 'conv1d',
    inputs: [sequence],
    parameters: { filters: 5, kernelSize: 4, padding: 'causal', strides: 2 },
    keras: keras('Conv1D', { filters: 5, kernel_size: 4, padding: 'causal', strides: 2 }),
  },
  'conv1d, groups': {
    kind: 'conv1d',
    inputs: [sequence],
    parameters: { filters: 6, kernelSize: 3, groups: 2, dilationRate: 3 },
    keras: keras('Conv1D', { filters: 6, kernel_size: 3, groups: 2, dilation_rate: 3 }),
  },
  depthwiseConv1d: {
    kind: 'depthwiseConv1d',
    inputs: [sequence],
    parameters: { depthMultiplier: 3, activation: 'tanh' },
    keras: keras('DepthwiseConv1D', { kernel_size: 3, depth_multiplier: 3, activation: 'tanh' }),
  },
  'depthwiseConv1d, same padding, strides': {
    kind: 'depthwiseConv1d',
    inputs: [sequence],
    parameters: { kernelSize: 4, padding: 'same', strides: 2, useBias: false },
    keras: keras('DepthwiseConv1D', { kernel_size: 4, padding: 'same', strides: 2, use_bias: false }),
  },
  'depthwiseConv1d, same padding, dilated': {
    kind: 'depthwiseConv1d',
    inputs: [sequence],
    parameters: { padding: 'same', dilationRate: 2, depthMultiplier: 2 },
    keras: keras('DepthwiseConv1D', {
      kernel_size: 3,
      padding: 'same',
      dilation_rate: 2,
      depth_multiplier: 2,
    }),
  },
  separableConv1d: {
    kind: 'separableConv1d',
    inputs: [sequence],
    parameters: { filters: 6, depthMultiplier: 2, activation: 'gelu' },
    keras: keras('SeparableConv1D', {
      filters: 6,
      kernel_size: 3,
      depth_multiplier: 2,
      activation: 'gelu',
    }),
  },
  'separableConv1d, same padding, dilated': {
    kind: 'separableConv1d',
    inputs: [sequence],
    parameters: { filters: 6, kernelSize: 4, padding: 'same', dilationRate: 2 },
    keras: keras('SeparableConv1D', { filters: 6, kernel_size: 4, padding: 'same', dilation_rate: 2 }),
  },
}

const inPlanes: LayerCases = {
  depthwiseConv2d: {
    kind: 'depthwiseConv2d',
    inputs: [image],
    parameters: { kernelSize: [3, 2], depthMultiplier: 3, activation: 'relu' },
    keras: keras('DepthwiseConv2D', { kernel_size: [3, 2], depth_multiplier: 3, activation: 'relu' }),
  },
  'depthwiseConv2d, same padding, strides': {
    kind: 'depthwiseConv2d',
    inputs: [image],
    parameters: { kernelSize: [4, 5], padding: 'same', strides: [2, 2] },
    keras: keras('DepthwiseConv2D', { kernel_size: [4, 5], padding: 'same', strides: [2, 2] }),
  },
  'depthwiseConv2d, same padding, dilated': {
    kind: 'depthwiseConv2d',
    inputs: [image],
    parameters: { kernelSize: [3, 2], padding: 'same', dilationRate: [2, 3], useBias: false },
    keras: keras('DepthwiseConv2D', {
      kernel_size: [3, 2],
      padding: 'same',
      dilation_rate: [2, 3],
      use_bias: false,
    }),
  },
  separableConv2d: {
    kind: 'separableConv2d',
    inputs: [image],
    parameters: { filters: 6, kernelSize: [2, 3], depthMultiplier: 2, activation: 'sigmoid' },
    keras: keras('SeparableConv2D', {
      filters: 6,
      kernel_size: [2, 3],
      depth_multiplier: 2,
      activation: 'sigmoid',
    }),
  },
  'separableConv2d, same padding, strides': {
    kind: 'separableConv2d',
    inputs: [image],
    parameters: { filters: 3, kernelSize: [4, 3], padding: 'same', strides: [2, 2] },
    keras: keras('SeparableConv2D', { filters: 3, kernel_size: [4, 3], padding: 'same', strides: [2, 2] }),
  },
}

const inVolumes: LayerCases = {
  conv3d: {
    kind: 'conv3d',
    inputs: [volume],
    parameters: { filters: 3, kernelSize: [2, 3, 4], activation: 'softmax' },
    keras: keras('Conv3D', { filters: 3, kernel_size: [2, 3, 4], activation: 'softmax' }),
  },
  'conv3d, same padding, strides': {
    kind: 'conv3d',
    inputs: [volume],
    parameters: { filters: 3, kernelSize: [4, 3, 2], padding: 'same', strides: [2, 3, 1] },
    keras: keras('Conv3D', { filters: 3, kernel_size: [4, 3, 2], padding: 'same', strides: [2, 3, 1] }),
  },
  'conv3d, dilated, groups': {
    kind: 'conv3d',
    inputs: [volume],
    parameters: { filters: 6, kernelSize: [2, 3, 2], dilationRate: [1, 2, 3], groups: 2 },
    python: 'F.conv3d(t(x[0]), t(w["kernel"]), t(w["bias"]), dilation=(1, 2, 3), groups=2)',
  },
}

const transposed: LayerCases = {
  conv1dTranspose: {
    kind: 'conv1dTranspose',
    inputs: [sequence],
    parameters: { filters: 3, strides: 2, activation: 'relu' },
    keras: keras('Conv1DTranspose', { filters: 3, kernel_size: 3, strides: 2, activation: 'relu' }),
  },
  'conv1dTranspose, same padding': {
    kind: 'conv1dTranspose',
    inputs: [sequence],
    parameters: { filters: 3, kernelSize: 4, strides: 3, padding: 'same', useBias: false },
    keras: keras('Conv1DTranspose', {
      filters: 3,
      kernel_size: 4,
      strides: 3,
      padding: 'same',
      use_bias: false,
    }),
  },
  'conv1dTranspose, strides beyond the kernel': {
    kind: 'conv1dTranspose',
    inputs: [sequence],
    parameters: { filters: 3, kernelSize: 2, strides: 4 },
    keras: keras('Conv1DTranspose', { filters: 3, kernel_size: 2, strides: 4 }),
  },
  'conv1dTranspose, dilated': {
    kind: 'conv1dTranspose',
    inputs: [sequence],
    parameters: { filters: 3, kernelSize: 3, dilationRate: 2, strides: 2, outputPadding: 1 },
    python:
      'F.conv_transpose1d(t(np.swapaxes(x[0], 1, 2)), t(w["kernel"]), t(w["bias"]), stride=2, dilation=2, output_padding=1).swapaxes(1, 2)',
  },
  conv2dTranspose: {
    kind: 'conv2dTranspose',
    inputs: [image],
    parameters: { filters: 3, kernelSize: [3, 4], strides: [2, 3] },
    keras: keras('Conv2DTranspose', { filters: 3, kernel_size: [3, 4], strides: [2, 3] }),
  },
  'conv2dTranspose, same padding': {
    kind: 'conv2dTranspose',
    inputs: [image],
    parameters: { filters: 3, kernelSize: [5, 2], strides: [2, 3], padding: 'same' },
    keras: keras('Conv2DTranspose', {
      filters: 3,
      kernel_size: [5, 2],
      strides: [2, 3],
      padding: 'same',
    }),
  },
  'conv2dTranspose, same padding, output padding': {
    kind: 'conv2dTranspose',
    inputs: [image],
    parameters: {
      filters: 3,
      kernelSize: [3, 5],
      strides: [3, 2],
      padding: 'same',
      outputPadding: [2, 1],
    },
    keras: keras('Conv2DTranspose', {
      filters: 3,
      kernel_size: [3, 5],
      strides: [3, 2],
      padding: 'same',
      output_padding: [2, 1],
    }),
  },
  'conv2dTranspose, valid padding, output padding': {
    kind: 'conv2dTranspose',
    inputs: [image],
    parameters: { filters: 3, kernelSize: [3, 4], strides: [3, 2], outputPadding: [2, 1] },
    keras: keras('Conv2DTranspose', {
      filters: 3,
      kernel_size: [3, 4],
      strides: [3, 2],
      output_padding: [2, 1],
    }),
  },
  'conv2dTranspose, same padding, dilated': {
    kind: 'conv2dTranspose',
    inputs: [image],
    parameters: { filters: 3, kernelSize: [3, 3], padding: 'same', dilationRate: [2, 2] },
    python: 'F.conv_transpose2d(t(x[0]), t(w["kernel"]), t(w["bias"]), dilation=2, padding=2)',
  },
  conv3dTranspose: {
    kind: 'conv3dTranspose',
    inputs: [volume],
    parameters: { filters: 2, kernelSize: [3, 2, 4], strides: [1, 2, 3], padding: 'same' },
    keras: keras('Conv3DTranspose', {
      filters: 2,
      kernel_size: [3, 2, 4],
      strides: [1, 2, 3],
      padding: 'same',
    }),
  },
  'conv3dTranspose, valid padding, dilated': {
    kind: 'conv3dTranspose',
    inputs: [volume],
    parameters: {
      filters: 2,
      kernelSize: [2, 3, 2],
      strides: [2, 1, 3],
      dilationRate: [1, 2, 2],
      outputPadding: [1, 0, 2],
    },
    python:
      'F.conv_transpose3d(t(x[0]), t(w["kernel"]), t(w["bias"]), stride=(2, 1, 3), dilation=(1, 2, 2), output_padding=(1, 0, 2))',
  },
}

/** Every convolution, against Keras where TensorFlow computes it on a processor, else against PyTorch. */
export const convolutionCases: LayerCases = { ...alongSteps, ...inPlanes, ...inVolumes, ...transposed }
