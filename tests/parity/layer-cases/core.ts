import { activationKinds } from '../../../src-core/layers/support/activations.ts'
import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCase, type LayerCases } from './layer-case.ts'

const image: Shape = [4, 9, 8]
const images: readonly Shape[] = [image, image]

/** `leakyRelu` is `leaky_relu` to Keras. */
function kerasActivation(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

const window = { padding: 'same', strides: [2, 3] }

/** The layers of the first version. */
export const coreCases: LayerCases = {
  'dense, softmax on an image': {
    kind: 'dense',
    inputs: [[3, 6, 5]],
    parameters: { units: 4, activation: 'softmax' },
    python: 'keras.layers.Softmax(axis=-1)(x[0] @ w["kernel"] + w["bias"])',
  },
  dense: {
    kind: 'dense',
    inputs: [[7]],
    parameters: { units: 5, activation: 'gelu' },
    keras: keras('Dense', { units: 5, activation: 'gelu' }),
  },
  'dense on a sequence': {
    kind: 'dense',
    inputs: [[6, 7]],
    parameters: { units: 5, activation: 'leakyRelu', useBias: false },
    keras: keras('Dense', { units: 5, activation: 'leaky_relu', use_bias: false }),
  },
  conv2d: {
    kind: 'conv2d',
    inputs: [image],
    parameters: { filters: 6, kernelSize: [3, 2], activation: 'relu' },
    keras: keras('Conv2D', { filters: 6, kernel_size: [3, 2], activation: 'relu' }),
  },
  'conv2d, same padding, strides': {
    kind: 'conv2d',
    inputs: [image],
    parameters: { filters: 6, kernelSize: [4, 5], ...window },
    keras: keras('Conv2D', { filters: 6, kernel_size: [4, 5], ...window }),
  },
  'conv2d, same padding, dilated': {
    kind: 'conv2d',
    inputs: [image],
    parameters: { filters: 3, kernelSize: [3, 2], padding: 'same', dilationRate: [2, 3] },
    keras: keras('Conv2D', { filters: 3, kernel_size: [3, 2], padding: 'same', dilation_rate: [2, 3] }),
  },
  'conv2d, groups': {
    kind: 'conv2d',
    inputs: [image],
    parameters: { filters: 6, kernelSize: [3, 3], groups: 2, activation: 'softmax' },
    keras: keras('Conv2D', { filters: 6, kernel_size: [3, 3], groups: 2, activation: 'softmax' }),
  },
  maxPooling2d: {
    kind: 'maxPooling2d',
    inputs: [image],
    keras: keras('MaxPooling2D'),
  },
  'maxPooling2d, same padding': {
    kind: 'maxPooling2d',
    inputs: [image],
    parameters: { poolSize: [3, 4], ...window },
    keras: keras('MaxPooling2D', { pool_size: [3, 4], ...window }),
  },
  averagePooling2d: {
    kind: 'averagePooling2d',
    inputs: [image],
    keras: keras('AveragePooling2D', { pool_size: [2, 2] }),
  },
  'averagePooling2d, same padding': {
    kind: 'averagePooling2d',
    inputs: [image],
    parameters: { poolSize: [3, 4], ...window },
    keras: keras('AveragePooling2D', { pool_size: [3, 4], ...window }),
  },
  globalAveragePooling2d: {
    kind: 'globalAveragePooling2d',
    inputs: [image],
    keras: keras('GlobalAveragePooling2D'),
  },
  globalMaxPooling2d: { kind: 'globalMaxPooling2d', inputs: [image], keras: keras('GlobalMaxPooling2D') },
  'batchNormalization, training': {
    kind: 'batchNormalization',
    inputs: [image],
    training: true,
    keras: keras('BatchNormalization'),
  },
  'batchNormalization of a list, training': {
    kind: 'batchNormalization',
    inputs: [[5]],
    training: true,
    keras: keras('BatchNormalization'),
  },
  'batchNormalization, predicting': {
    kind: 'batchNormalization',
    inputs: [image],
    parameters: { scale: false },
    keras: keras('BatchNormalization', { scale: false }),
  },
  'layerNormalization of channels': {
    kind: 'layerNormalization',
    inputs: [image],
    keras: keras('LayerNormalization'),
  },
  'layerNormalization of a sequence': {
    kind: 'layerNormalization',
    inputs: [[6, 7]],
    keras: keras('LayerNormalization'),
  },
  ...Object.fromEntries(
    activationKinds
      .filter((activation) => activation !== 'sparsemax')
      .map((activation): [string, LayerCase] => [
        `activation ${activation}`,
        {
          kind: 'activation',
          inputs: [image],
          parameters: { activation },
          keras: keras('Activation', { activation: kerasActivation(activation) }),
        },
      ]),
  ),
  dropout: { kind: 'dropout', inputs: [image], keras: keras('Dropout', { rate: 0.5 }) },
  add: { kind: 'add', inputs: [...images, [4, 1, 1]], keras: keras('Add') },
  subtract: { kind: 'subtract', inputs: images, keras: keras('Subtract') },
  multiply: { kind: 'multiply', inputs: images, keras: keras('Multiply') },
  average: { kind: 'average', inputs: [...images, image], keras: keras('Average') },
  maximum: { kind: 'maximum', inputs: images, keras: keras('Maximum') },
  'concatenate channels': {
    kind: 'concatenate',
    inputs: [image, [2, 9, 8]],
    keras: keras('Concatenate', { axis: -1 }),
  },
  'concatenate rows': {
    kind: 'concatenate',
    inputs: [image, [4, 3, 8]],
    parameters: { axis: 1 },
    keras: keras('Concatenate', { axis: 1 }),
  },
  zeroPadding2d: {
    kind: 'zeroPadding2d',
    inputs: [image],
    parameters: { vertical: [1, 2], horizontal: [3, 0] },
    keras: keras('ZeroPadding2D', {
      padding: [
        [1, 2],
        [3, 0],
      ],
    }),
  },
  cropping2d: {
    kind: 'cropping2d',
    inputs: [image],
    parameters: { vertical: [1, 2], horizontal: [3, 0] },
    keras: keras('Cropping2D', {
      cropping: [
        [1, 2],
        [3, 0],
      ],
    }),
  },
  'upSampling2d, nearest': {
    kind: 'upSampling2d',
    inputs: [image],
    parameters: { size: [2, 3] },
    keras: keras('UpSampling2D', { size: [2, 3] }),
  },
  'upSampling2d, bilinear': {
    kind: 'upSampling2d',
    inputs: [image],
    parameters: { size: [2, 3], interpolation: 'bilinear' },
    keras: keras('UpSampling2D', { size: [2, 3], interpolation: 'bilinear' }),
  },
  'flatten a sequence': { kind: 'flatten', inputs: [[6, 7]], keras: keras('Flatten') },
  'reshape a sequence': {
    kind: 'reshape',
    inputs: [[6, 7]],
    parameters: { targetShape: [-1, 14] },
    keras: keras('Reshape', { target_shape: [-1, 14] }),
  },
}
