import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCase, type LayerCases } from './layer-case.ts'

const image: Shape = [4, 9, 8]
const sequence: Shape = [5, 6]
const volume: Shape = [2, 4, 3, 3]

/** Three rows of five steps, of which 4, 1 and 3 count. */
const mask = [1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0]

function groups(inputs: Shape, given: number, parameters: object = {}): LayerCase {
  return {
    kind: 'groupNormalization',
    inputs: [inputs],
    parameters: { groups: given, ...parameters },
    keras: keras('GroupNormalization', { groups: given, ...parameters }),
  }
}

/** keras.layers.SpectralNormalization around a layer, given our weights. */
function spectral(layer: string, iterations: number, weights: string, around: (call: string) => string) {
  const call = around('s(images, training=True)')
  return `(lambda s, images: [s.build(images.shape), ${weights}, s.vector_u.assign(w["vectorU"]), ${call}][-1])(
    keras.layers.SpectralNormalization(keras.layers.${layer}, power_iterations=${iterations}),
    np.moveaxis(x[0], 1, -1) if x[0].ndim == 4 else x[0])`
}

const denseWeights = 's.layer.kernel.assign(w["kernel"]), s.layer.bias.assign(w["bias"])'
const convWeights =
  's.layer.kernel.assign(np.moveaxis(w["kernel"], (0, 1), (-1, -2))), s.layer.bias.assign(w["bias"])'
const channelsFirst = (call: string) => `np.moveaxis(keras.ops.convert_to_numpy(${call}), -1, 1)`

/** Normalization beyond images and lists. */
export const normalizationCases: LayerCases = {
  'batchNormalization of a sequence, training': {
    kind: 'batchNormalization',
    inputs: [sequence],
    training: true,
    keras: keras('BatchNormalization'),
  },
  'batchNormalization of a padded sequence, training': {
    kind: 'batchNormalization',
    inputs: [sequence],
    training: true,
    masks: [mask],
    keras: keras('BatchNormalization'),
  },
  'batchNormalization of a volume, training': {
    kind: 'batchNormalization',
    inputs: [volume],
    training: true,
    keras: keras('BatchNormalization'),
  },
  'batchNormalization of a volume, predicting': {
    kind: 'batchNormalization',
    inputs: [volume],
    keras: keras('BatchNormalization'),
  },
  'layerNormalization of a volume': {
    kind: 'layerNormalization',
    inputs: [volume],
    keras: keras('LayerNormalization'),
  },
  'groupNormalization of an image': groups(image, 2),
  'groupNormalization of an image, one group': groups(image, 1, { scale: false, epsilon: 0.1 }),
  'groupNormalization of a sequence': groups(sequence, 3),
  'groupNormalization of a volume': groups(volume, 2, { center: false }),
  'groupNormalization of a list': groups([8], 2),
  'instanceNormalization of an image': {
    kind: 'instanceNormalization',
    inputs: [image],
    parameters: { epsilon: 1e-5 },
    python: 'F.instance_norm(t(x[0]), weight=t(w["gamma"]), bias=t(w["beta"]))',
  },
  'instanceNormalization of a sequence': {
    kind: 'instanceNormalization',
    inputs: [sequence],
    keras: keras('GroupNormalization', { groups: -1 }),
  },
  'instanceNormalization of a volume': {
    kind: 'instanceNormalization',
    inputs: [volume],
    keras: keras('GroupNormalization', { groups: -1 }),
  },
  'rmsNormalization of an image': {
    kind: 'rmsNormalization',
    inputs: [image],
    keras: keras('RMSNormalization'),
  },
  'rmsNormalization of a sequence': {
    kind: 'rmsNormalization',
    inputs: [sequence],
    parameters: { epsilon: 0.1 },
    python: 'F.rms_norm(t(x[0]), [6], t(w["scale"]), 0.1)',
  },
  'unitNormalization of a sequence': {
    kind: 'unitNormalization',
    inputs: [sequence],
    keras: keras('UnitNormalization'),
  },
  'unitNormalization of channels': {
    kind: 'unitNormalization',
    inputs: [image],
    parameters: { axis: 0 },
    python: 'F.normalize(t(x[0]), dim=1)',
  },
  'localResponseNormalization of an image': {
    kind: 'localResponseNormalization',
    inputs: [[7, 3, 4]],
    python: 'F.local_response_norm(t(x[0]), 5)',
  },
  'localResponseNormalization, all parameters': {
    kind: 'localResponseNormalization',
    inputs: [image],
    parameters: { size: 3, alpha: 0.5, beta: 0.6, bias: 2 },
    python: 'F.local_response_norm(t(x[0]), 3, alpha=0.5, beta=0.6, k=2.0)',
  },
  'localResponseNormalization, even size': {
    kind: 'localResponseNormalization',
    inputs: [volume],
    parameters: { size: 4, alpha: 0.5 },
    python: 'F.local_response_norm(t(x[0]), 4, alpha=0.5)',
  },
  'localResponseNormalization of a sequence': {
    kind: 'localResponseNormalization',
    inputs: [sequence],
    parameters: { size: 3, alpha: 0.5 },
    python: 'F.local_response_norm(t(x[0]).transpose(1, 2), 3, alpha=0.5).transpose(1, 2)',
  },
  'localResponseNormalization as TensorFlow has it': {
    kind: 'localResponseNormalization',
    inputs: [image],
    parameters: { size: 5, alpha: 5, beta: 0.5 },
    python:
      'np.moveaxis(__import__("tensorflow").nn.local_response_normalization(np.moveaxis(x[0], 1, -1), depth_radius=2).numpy(), -1, 1)',
  },
  'spectralDense, training': {
    kind: 'spectralDense',
    inputs: [[7]],
    parameters: { units: 5 },
    training: true,
    python: spectral('Dense(5)', 1, denseWeights, (call) => call),
  },
  'spectralDense of a sequence, predicting': {
    kind: 'spectralDense',
    inputs: [sequence],
    parameters: { units: 5, activation: 'tanh', powerIterations: 3 },
    python: spectral('Dense(5, activation="tanh")', 3, denseWeights, (call) => call),
  },
  'spectralConv2d, training': {
    kind: 'spectralConv2d',
    inputs: [image],
    parameters: { filters: 6, kernelSize: [3, 2], padding: 'same', powerIterations: 2 },
    training: true,
    python: spectral('Conv2D(6, (3, 2), padding="same")', 2, convWeights, channelsFirst),
  },
  'spectralConv1d, training': {
    kind: 'spectralConv1d',
    inputs: [sequence],
    parameters: { filters: 4, kernelSize: 3, powerIterations: 2 },
    training: true,
    python: spectral('Conv1D(4, 3)', 2, convWeights, (call) => call),
  },
  'spectralConv3d, converged': {
    kind: 'spectralConv3d',
    inputs: [volume],
    parameters: { filters: 3, kernelSize: [2, 2, 2], powerIterations: 60 },
    python:
      'F.conv3d(t(x[0]), t(w["kernel"] / np.linalg.svd(w["kernel"].reshape(3, -1))[1][0]), t(w["bias"]))',
  },
  'spectralDense, converged': {
    kind: 'spectralDense',
    inputs: [[7]],
    parameters: { units: 5, useBias: false, powerIterations: 60 },
    python: 'x[0] @ w["kernel"] / np.linalg.svd(w["kernel"])[1][0]',
  },
}
