import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCase, type LayerCases } from './layer-case.ts'

const image: Shape = [4, 9, 8]
const sequence: Shape = [5, 6]
const volume: Shape = [2, 4, 3, 3]

/** Training with given noise, against the formula in NumPy. */
function trained(
  kind: string,
  inputs: Shape,
  parameters: Record<string, unknown>,
  python: string,
): LayerCase {
  return { kind, inputs: [inputs], parameters, training: true, python }
}

function predicting(kind: string, inputs: Shape, name: string, args: object): LayerCase {
  return { kind, inputs: [inputs], keras: keras(name, args) }
}

const normal = 'np.sqrt(-2 * np.log(1 - noise[0])) * np.cos(2 * np.pi * noise[1])'

/** keras.layers.AlphaDropout.call, with the noise given. */
const alphaDropout = `(lambda k, alpha_p, rate: (lambda a: a * (x[0] * k + alpha_p * (1 - k)) - a * alpha_p * rate)(
  ((1 - rate) * (1 + rate * alpha_p ** 2)) ** -0.5))((noise[0] >= 0.3) * 1.0, -1.6732632423543772 * 1.0507009873554805, 0.3)`

export const regularizationCases: LayerCases = {
  'noise, training': {
    kind: 'noise',
    inputs: [],
    parameters: { shape: [3, 4] },
    training: true,
    python: normal,
  },
  'dropout, training': trained('dropout', image, { rate: 0.3 }, 'x[0] * (noise[0] >= 0.3) / 0.7'),
  'spatialDropout1d, training': trained(
    'spatialDropout1d',
    sequence,
    {},
    'x[0] * (noise[0].reshape(3, 1, 6) >= 0.5) * 2',
  ),
  'spatialDropout2d, training': trained(
    'spatialDropout2d',
    image,
    { rate: 0.25 },
    'x[0] * (noise[0].reshape(3, 4, 1, 1) >= 0.25) / 0.75',
  ),
  'spatialDropout3d, training': trained(
    'spatialDropout3d',
    volume,
    { rate: 0.25 },
    'x[0] * (noise[0].reshape(3, 2, 1, 1, 1) >= 0.25) / 0.75',
  ),
  'spatialDropout1d, predicting': predicting('spatialDropout1d', sequence, 'SpatialDropout1D', { rate: 0.5 }),
  'spatialDropout2d, predicting': predicting('spatialDropout2d', image, 'SpatialDropout2D', { rate: 0.5 }),
  'spatialDropout3d, predicting': predicting('spatialDropout3d', volume, 'SpatialDropout3D', { rate: 0.5 }),
  'gaussianNoise, training': trained('gaussianNoise', image, { stddev: 0.4 }, `x[0] + 0.4 * ${normal}`),
  'gaussianNoise, predicting': predicting('gaussianNoise', image, 'GaussianNoise', { stddev: 0.4 }),
  'gaussianDropout, training': trained(
    'gaussianDropout',
    sequence,
    { rate: 0.3 },
    `x[0] * (1 + np.sqrt(0.3 / 0.7) * ${normal})`,
  ),
  'gaussianDropout, predicting': predicting('gaussianDropout', image, 'GaussianDropout', { rate: 0.4 }),
  'alphaDropout, training': trained('alphaDropout', image, { rate: 0.3 }, alphaDropout),
  'alphaDropout, predicting': predicting('alphaDropout', image, 'AlphaDropout', { rate: 0.4 }),
  'stochasticDepth, training': trained(
    'stochasticDepth',
    image,
    {},
    'x[0] * (noise[0].reshape(3, 1, 1, 1) >= 0.2) / 0.8',
  ),
  'gaussianSampling, training': {
    kind: 'gaussianSampling',
    inputs: [[6], [6]],
    training: true,
    python: `x[0] + np.exp(x[1] / 2) * ${normal}`,
  },
  'gaussianSampling, predicting': { kind: 'gaussianSampling', inputs: [sequence, sequence], python: 'x[0]' },
  activityRegularization: {
    kind: 'activityRegularization',
    inputs: [sequence],
    parameters: { l1: 0.1, l2: 0.2 },
    training: true,
    keras: keras('ActivityRegularization', { l1: 0.1, l2: 0.2 }),
  },
}
