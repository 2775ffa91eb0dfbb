import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCase, type LayerCases } from './layer-case.ts'

const image: Shape = [4, 9, 8]
const list: Shape = [7]
const sequence: Shape = [5, 6]
const volume: Shape = [2, 4, 3, 3]

/**
 * Projection on the simplex as in Martins and Astudillo, 2016, Algorithm 1. keras.activations.sparsemax is not asked: up
 * to 3.15 it adds up all cumulative sums of the support, so that its results do not sum to 1.
 */
function sparsemax(axis: number): string {
  return `(lambda z, axis: (lambda s: (lambda c, r: (lambda k: np.maximum(z - (np.take_along_axis(c, k - 1, axis) - 1) / k, 0))(
    (1 + r * s > c).sum(axis, keepdims=True)))(
    np.cumsum(s, axis), np.arange(1, z.shape[axis] + 1).reshape([-1 if at == axis else 1 for at in range(z.ndim)])))(
    -np.sort(-z, axis)))(x[0].astype("float64"), ${axis})`
}

function sparsemaxCase(inputs: Shape, axis: number): LayerCase {
  return {
    kind: 'activation',
    inputs: [inputs],
    parameters: { activation: 'sparsemax' },
    python: sparsemax(axis),
  }
}

/** A gated unit in PyTorch: values first, gates second. */
function gatedCase(kind: string, inputs: Shape, axis: number, gate: string): LayerCase {
  return {
    kind,
    inputs: [inputs],
    python: `(lambda a, b: a * ${gate}(b))(*t(x[0]).chunk(2, dim=${axis}))`,
  }
}

function maxoutCase(inputs: Shape, pieces: number, python: string): LayerCase {
  return { kind: 'maxout', inputs: [inputs], parameters: { pieces }, python }
}

/** Activation functions and layers that Keras does not have, or not right, and those with parameters. */
export const activationCases: LayerCases = {
  'activation sparsemax of channels': sparsemaxCase(image, 1),
  'activation sparsemax of a list': sparsemaxCase(list, 1),
  'activation sparsemax of a sequence': sparsemaxCase(sequence, 2),
  'activation sparsemax of a volume': sparsemaxCase(volume, 1),
  relu: { kind: 'relu', inputs: [image], keras: keras('ReLU') },
  'relu with everything': {
    kind: 'relu',
    inputs: [image],
    parameters: { maxValue: 1.5, negativeSlope: 0.25, threshold: 0.5 },
    keras: keras('ReLU', { max_value: 1.5, negative_slope: 0.25, threshold: 0.5 }),
  },
  'relu, limited': {
    kind: 'relu',
    inputs: [sequence],
    parameters: { maxValue: 1 },
    keras: keras('ReLU', { max_value: 1 }),
  },
  'relu, leaky': {
    kind: 'relu',
    inputs: [sequence],
    parameters: { negativeSlope: 0.1 },
    keras: keras('ReLU', { negative_slope: 0.1 }),
  },
  leakyRelu: { kind: 'leakyRelu', inputs: [image], keras: keras('LeakyReLU') },
  'leakyRelu, steep': {
    kind: 'leakyRelu',
    inputs: [sequence],
    parameters: { negativeSlope: 0.8 },
    keras: keras('LeakyReLU', { negative_slope: 0.8 }),
  },
  'prelu per channel of an image': {
    kind: 'prelu',
    inputs: [image],
    python: 'F.prelu(t(x[0]), t(w["alpha"]))',
  },
  'prelu per channel of a volume': {
    kind: 'prelu',
    inputs: [volume],
    python: 'F.prelu(t(x[0]), t(w["alpha"]))',
  },
  'prelu per channel of a sequence': {
    kind: 'prelu',
    inputs: [sequence],
    python: 'F.prelu(t(x[0]).transpose(1, 2), t(w["alpha"])).transpose(1, 2)',
  },
  'prelu with one slope': {
    kind: 'prelu',
    inputs: [image],
    parameters: { sharing: 'one' },
    python: 'F.prelu(t(x[0]), t(w["alpha"]))',
  },
  'prelu per value': {
    kind: 'prelu',
    inputs: [sequence],
    parameters: { sharing: 'perValue' },
    keras: keras('PReLU'),
  },
  elu: { kind: 'elu', inputs: [image], keras: keras('ELU') },
  'elu, alpha': {
    kind: 'elu',
    inputs: [sequence],
    parameters: { alpha: 2.5 },
    keras: keras('ELU', { alpha: 2.5 }),
  },
  thresholdedRelu: { kind: 'thresholdedRelu', inputs: [image], python: 'F.threshold(t(x[0]), 1.0, 0.0)' },
  'thresholdedRelu, theta': {
    kind: 'thresholdedRelu',
    inputs: [sequence],
    parameters: { theta: 0.2 },
    python: 'keras.activations.threshold(x[0], 0.2, 0.0)',
  },
  'softmax of a sequence': { kind: 'softmax', inputs: [sequence], keras: keras('Softmax') },
  'softmax of channels': {
    kind: 'softmax',
    inputs: [image],
    parameters: { axis: 0 },
    python: 'F.softmax(t(x[0]), dim=1)',
  },
  'softmax of columns': {
    kind: 'softmax',
    inputs: [image],
    parameters: { axis: -2 },
    python: 'F.softmax(t(x[0]), dim=2)',
  },
  'glu of an image': { kind: 'glu', inputs: [image], python: 'F.glu(t(x[0]), dim=1)' },
  'glu of a sequence': {
    kind: 'glu',
    inputs: [sequence],
    python: 'keras.activations.glu(x[0], axis=-1)',
  },
  'swiGlu of an image': gatedCase('swiGlu', image, 1, 'F.silu'),
  'swiGlu of a sequence': gatedCase('swiGlu', sequence, 2, 'F.silu'),
  'geGlu of a volume': gatedCase('geGlu', volume, 1, 'F.gelu'),
  'geGlu of a sequence': gatedCase('geGlu', sequence, 2, 'F.gelu'),
  'maxout of an image': maxoutCase(image, 2, 'x[0].reshape(3, 2, 2, 9, 8).max(axis=2)'),
  'maxout of a sequence': maxoutCase(sequence, 3, 'x[0].reshape(3, 5, 2, 3).max(axis=-1)'),
}
