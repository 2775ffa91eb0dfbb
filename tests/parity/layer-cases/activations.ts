import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import type { LayerCase, LayerCases } from './layer-case.ts'

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

/** Activation functions and layers that Keras does not have, or not right, and those with parameters. */
export const activationCases: LayerCases = {
  'activation sparsemax of channels': sparsemaxCase(image, 1),
  'activation sparsemax of a list': sparsemaxCase(list, 1),
  'activation sparsemax of a sequence': sparsemaxCase(sequence, 2),
  'activation sparsemax of a volume': sparsemaxCase(volume, 1),
}
