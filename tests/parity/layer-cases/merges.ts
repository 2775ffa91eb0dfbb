import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCase, type LayerCases } from './layer-case.ts'

const image: Shape = [4, 9, 8]
const sequence: Shape = [5, 6]

function dot(inputs: readonly Shape[], axes: readonly [number, number], given: object = {}): LayerCase {
  return {
    kind: 'dot',
    inputs,
    parameters: { axes, ...given },
    // Keras counts the batch axis, too.
    keras: keras('Dot', { axes: axes.map((axis) => (axis < 0 ? axis : axis + 1)), ...given }),
  }
}

function product(inputs: readonly Shape[], parameters: Record<string, unknown>, python: string): LayerCase {
  return { kind: 'matrixMultiply', inputs, parameters, python }
}

/** Merging layers beyond the first version's. */
export const mergeCases: LayerCases = {
  minimum: { kind: 'minimum', inputs: [image, image, [4, 1, 8]], keras: keras('Minimum') },
  divide: { kind: 'divide', inputs: [image, image], python: 'keras.ops.divide_no_nan(x[0], x[1])' },
  'divide, by zeros': {
    kind: 'divide',
    inputs: [sequence, [5, 1]],
    indicesBelow: 2,
    python: 'keras.ops.divide_no_nan(x[0], x[1])',
  },
  'dot of lists': dot([[7], [7]], [-1, -1]),
  'dot of lists, cosine': dot([[7], [7]], [0, 0], { normalize: true }),
  'dot of sequences': dot([sequence, [4, 6]], [-1, -1]),
  'dot of sequences along steps, cosine': dot([sequence, [5, 3]], [0, 0], { normalize: true }),
  'dot of a sequence and a list': dot([sequence, [5]], [0, 0]),
  'dot of a list and a sequence': dot([[6], sequence], [0, 1]),
  'matrixMultiply of sequences': product([sequence, [6, 4]], {}, 'x[0] @ x[1]'),
  'matrixMultiply, scores': product([sequence, [4, 6]], { transposeSecond: true }, 'x[0] @ x[1].mT'),
  'matrixMultiply, first transposed': product(
    [
      [6, 5],
      [6, 4],
    ],
    { transposeFirst: true },
    'x[0].mT @ x[1]',
  ),
  'matrixMultiply, heads': product(
    [
      [2, 5, 6],
      [1, 4, 6],
    ],
    { transposeSecond: true },
    'x[0] @ x[1].mT',
  ),
  stack: { kind: 'stack', inputs: [sequence, sequence, sequence], python: 'np.stack(x, axis=1)' },
  'stack at the end': {
    kind: 'stack',
    inputs: [sequence, sequence],
    parameters: { axis: -1 },
    python: 'np.stack(x, axis=-1)',
  },
  weightedAdd: {
    kind: 'weightedAdd',
    inputs: [image, image, [4, 1, 1]],
    python: 'sum(w["kernel"][i] * x[i] for i in range(3))',
  },
  'weightedAdd, shares': {
    kind: 'weightedAdd',
    inputs: [sequence, sequence],
    parameters: { weighting: 'shares' },
    python: '(lambda s: s[0] * x[0] + s[1] * x[1])(np.exp(w["kernel"]) / np.exp(w["kernel"]).sum())',
  },
  'weightedAdd, fixed': {
    kind: 'weightedAdd',
    inputs: [sequence, sequence],
    parameters: { weighting: 'fixed', factors: '0.5; −1.5' },
    python: '0.5 * x[0] - 1.5 * x[1]',
  },
}
