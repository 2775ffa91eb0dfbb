import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCases } from './layer-case.ts'

const image: Shape = [3, 9, 8]
const perChannel = { mean: [0.5, -0.3, 0.1], variance: [2, 0.3, 0.01] }
const boundaries = [-1, 0, 0.25, 1.5]
/** NumPy: the statistics of a batch merged with what the weights hold. */
const merged = (axes: string) =>
  `(lambda n, b: (lambda d: (w["count"] + n, w["mean"] + d * n / (w["count"] + n), w["squares"] + x[0].astype("float64").var(${axes}) * n + d * d * w["count"] * n / (w["count"] + n)))(b - w["mean"]))(np.size(x[0][:, 0]), x[0].astype("float64").mean(${axes}))`
const spread = (values: string) => `(${values}).reshape(-1, 1, 1)`

export const preprocessingCases: LayerCases = {
  rescaling: {
    kind: 'rescaling',
    inputs: [image],
    parameters: { scale: -0.3, offset: 2.5 },
    keras: keras('Rescaling', { scale: -0.3, offset: 2.5 }),
  },
  'normalization of channels': {
    kind: 'normalization',
    inputs: [image],
    parameters: perChannel,
    keras: keras('Normalization', perChannel),
  },
  'normalization of features': {
    kind: 'normalization',
    inputs: [[5, 3]],
    parameters: perChannel,
    keras: keras('Normalization', perChannel),
  },
  'normalization, one number, inverted': {
    kind: 'normalization',
    inputs: [[7]],
    parameters: { mean: [0.5], variance: [4], invert: true },
    keras: keras('Normalization', { mean: 0.5, variance: 4, invert: true }),
  },
  'normalization, learned, predicting': {
    kind: 'normalization',
    inputs: [image],
    parameters: { statistics: 'learned' },
    python: `(x[0] - ${spread('w["mean"]')}) / ${spread('np.sqrt(w["squares"] / np.maximum(w["count"], 1))')}`,
  },
  'normalization, learned, training': {
    kind: 'normalization',
    inputs: [image],
    training: true,
    parameters: { statistics: 'learned' },
    python: `(lambda c, m, s: (x[0] - ${spread('m')}) / ${spread('np.sqrt(s / c)')})(*${merged('(0, 2, 3)')})`,
  },
  'normalization, fitted': {
    kind: 'normalization',
    inputs: [image],
    training: true,
    parameters: { statistics: 'fitted' },
    python: `(x[0] - ${spread('w["mean"]')}) / ${spread('np.sqrt(w["variance"])')}`,
  },
  standardizePerImage: {
    kind: 'standardizePerImage',
    inputs: [image],
    python:
      'np.moveaxis(__import__("tensorflow").image.per_image_standardization(np.moveaxis(x[0], 1, -1)).numpy(), -1, 1)',
  },
  grayscale: {
    kind: 'grayscale',
    inputs: [image],
    python: 'keras.ops.image.rgb_to_grayscale(x[0], data_format="channels_first")',
  },
  centerCrop: {
    kind: 'centerCrop',
    inputs: [image],
    parameters: { size: [4, 5] },
    keras: keras('CenterCrop', { height: 4, width: 5 }),
  },
  'categoryEncoding, multiHot': {
    kind: 'categoryEncoding',
    inputs: [[6]],
    indicesBelow: 7,
    parameters: { numTokens: 7 },
    keras: keras('CategoryEncoding', { num_tokens: 7, output_mode: 'multi_hot' }),
  },
  'categoryEncoding, count': {
    kind: 'categoryEncoding',
    inputs: [[6]],
    indicesBelow: 4,
    parameters: { numTokens: 5, outputMode: 'count' },
    keras: keras('CategoryEncoding', { num_tokens: 5, output_mode: 'count' }),
  },
  'categoryEncoding, oneHot': {
    kind: 'categoryEncoding',
    inputs: [[1]],
    indicesBelow: 7,
    parameters: { numTokens: 7, outputMode: 'oneHot' },
    keras: keras('CategoryEncoding', { num_tokens: 7, output_mode: 'one_hot' }),
  },
  'categoryEncoding, oneHot of a list': {
    kind: 'categoryEncoding',
    inputs: [[6]],
    indicesBelow: 7,
    parameters: { numTokens: 7, outputMode: 'oneHot' },
    python: 'keras.layers.CategoryEncoding(num_tokens=7, output_mode="one_hot")(x[0])',
  },
  oneHot: {
    kind: 'oneHot',
    inputs: [[5, 4]],
    indicesBelow: 9,
    parameters: { numClasses: 6 },
    python: 'keras.ops.one_hot(x[0].astype("int32"), 6)',
  },
  discretization: {
    kind: 'discretization',
    inputs: [image],
    parameters: { binBoundaries: boundaries },
    keras: keras('Discretization', { bin_boundaries: boundaries }),
  },
  'discretization, oneHot': {
    kind: 'discretization',
    inputs: [[6]],
    parameters: { binBoundaries: boundaries, outputMode: 'oneHot' },
    python: `np.eye(5)[np.digitize(x[0], ${JSON.stringify(boundaries)})]`,
  },
}
